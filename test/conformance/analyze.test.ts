import { describe, expect, it } from 'vitest';
import { falseAlarms } from './false-alarms.ts';
import { isReported, type LintedCase, lintRecordedCases } from './linted-cases.ts';
import { haveRecordings } from './recordings.ts';

const title = haveRecordings ? 'lint of the recorded cases' : 'lint (skipped: no recordings beside this checkout)';

describe.skipIf(!haveRecordings)(title, { timeout: 300_000 }, () => {
  // Linting all of them is what takes time: it is done once, and never throws.
  const cases = haveRecordings ? lintRecordedCases() : [];

  const missed = (select: (one: LintedCase) => LintedCase['withScenario']): readonly string[] =>
    cases.flatMap((recorded) =>
      recorded.analyzed
        .filter((finding) => !isReported(select(recorded), finding))
        .filter(
          (finding) => !falseAlarms.some(({ code, proves }) => code === finding.code && proves(recorded, finding)),
        )
        .map(({ code, resource, line }) => `${code} ${recorded.name} ${resource} line ${line}`),
    );

  it('has an equal for every finding of istioctl analyze that the recording does not prove wrong', () => {
    expect(cases.flatMap(({ analyzed }) => analyzed).length).toBeGreaterThan(1000);
    expect(missed(({ withScenario }) => withScenario)).toEqual([]);
  });

  it('has them without a scenario, too', () => {
    expect(missed(({ withoutScenario }) => withoutScenario)).toEqual([]);
  });

  it.each(falseAlarms)('needs the list of false alarms: $code, $title', ({ code, proves }) => {
    const proven = cases.filter((recorded) =>
      recorded.analyzed.some(
        (finding) => finding.code === code && proves(recorded, finding) && !isReported(recorded.withScenario, finding),
      ),
    );
    expect(proven.length).toBeGreaterThan(0);
  });

  it('reports the mistake where istioctl gives up on a file, at its line, and lints the rest', () => {
    const unreadable = cases.filter((one) => one.unreadable);
    expect(unreadable.length).toBeGreaterThan(0);
    for (const { name, withScenario } of unreadable) {
      const mistake = withScenario.find(({ code }) => code === 'field-type' || code === 'yaml-syntax');
      expect(mistake?.range?.line, name).toBeGreaterThan(1);
    }
  });

  it('says crash exactly where istiod crashes', () => {
    const wrong = cases.filter(
      ({ withScenario, answer }) =>
        withScenario.some(({ code }) => code === 'istiod-crash') !== (answer.panic !== undefined),
    );
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it('says that Envoy refuses a cluster exactly where Envoy did', () => {
    const wrong = cases.flatMap(({ name, refused, withScenario, answer }) => {
      if (!refused || answer.panic) return [];
      const dynamic = new Set(refused.filter((cluster) => cluster.includes('||*')));
      const ours = new Set(
        withScenario
          .filter(({ code }) => code === 'cluster-refused-by-envoy')
          .map(({ message }) => /cluster "([^"]+)"/.exec(message)?.[1] ?? ''),
      );
      return [
        ...[...dynamic].filter((cluster) => !ours.has(cluster)),
        ...[...ours].filter((cluster) => !dynamic.has(cluster)),
      ].map((cluster) => `${name} ${cluster}`);
    });
    expect(wrong).toEqual([]);
  });

  it('has errors for nothing else but what istiod or the API server refuse', () => {
    const explained = new Set(['istiod-crash', 'cluster-refused-by-envoy', 'not-simulated']);
    const wrong = cases.flatMap(({ name, withScenario, answer }) => {
      const refused = new Set((answer.rejected ?? []).map((one) => `${one.kind} ${one.name}`));
      return withScenario
        .filter(({ code, severity }) => severity === 'error' && !explained.has(code))
        .filter(({ resource }) => !(resource && refused.has(`${resource.kind} ${resource.name}`)))
        .filter(() => answer.meshConfigError === undefined)
        .map(({ code, resource }) => `${name} ${code} ${resource?.kind} ${resource?.name}`);
    });
    expect(wrong).toEqual([]);
  });
});
