import type { FieldChange } from '../../../../src/diff/difference.ts';
import { sections } from '../../../../src/diff/difference.ts';
import type { DifferenceGroup } from '../../../../src/diff/group-differences.ts';
import { resourcesByName } from '../../../../src/diff/resources-by-name.ts';
import type { LiveMesh } from '../../../../src/live/create-mesh.ts';
import { listManifests } from '../../../../src/manifests/read-manifests.ts';
import type { Diagnostic } from '../../../../src/model/diagnostic.ts';
import { formatFieldPath } from '../../../../src/model/field-path.ts';
import type { Scenario } from '../../../../src/model/scenario.ts';
import { type Translation, translate } from '../../../../src/translate.ts';
import { listSection } from './list-section.ts';
import { loadPatches } from './patches-on-demand.ts';
import type {
  Answer,
  Finding,
  FollowedRequest,
  Influencer,
  PlaygroundInput,
  Question,
  Section,
  ShownDifference,
  Simulation,
  Topic,
} from './protocol.ts';
import { renderResource } from './render-resource.ts';

const shownDifferences = 200;
const shownResources = 20;
const shownCharacters = 400;

/**
 * Answers questions about the latest input. It lives in the worker; nothing in it knows the page. What the first answer
 * does not need is loaded when it is first asked for.
 */
export class Session {
  private input: PlaygroundInput = { text: '', scenario: {} };
  private mesh: LiveMesh | undefined;
  private translation: Translation = translate('');

  async answer<T extends Topic>(topic: T, question: Question<T>): Promise<Answer<T>> {
    const answers: { readonly [K in Topic]: (question: Question<K>) => Answer<K> | Promise<Answer<K>> } = {
      simulate: (input) => this.simulate(input),
      lint: () => this.lint(),
      list: (asked) => listSection(this.translation, asked),
      resource: ({ section, name }) => this.renderResource(section, name),
      influence: findInfluencers,
      share: async (state) => (await import('../share-state.ts')).encodeState(state),
    };
    return answers[topic](question);
  }

  private async simulate(input: PlaygroundInput): Promise<Simulation> {
    const start = performance.now();
    // Few inputs have EnvoyFilters, and only those need all of Envoy's messages.
    if (input.text.includes('EnvoyFilter')) await loadPatches();
    const isFirst = this.input.text === '';
    this.input = input;
    this.translation = isFirst
      ? translate(input.text, input.scenario)
      : (await this.meshOf(input.text)).view(input.scenario);
    const translatedInMs = performance.now() - start;
    const path = input.follow && (await follow(this.translation, input.follow));
    const differences = input.compare && (await this.compare(input.compare));
    return {
      findings: this.translation.diagnostics.map(findingOf),
      counts: Object.fromEntries(
        sections.map((section) => [section, resourcesByName(this.translation, section).size]),
      ) as Record<Section, number>,
      ...(path && { path }),
      ...(differences && { differences }),
      translatedInMs,
      answeredInMs: performance.now() - start,
    };
  }

  /** From one keystroke to the next, only what changed is translated again. */
  private async meshOf(text: string): Promise<LiveMesh> {
    const { createMesh } = await import('../../../../src/live/create-mesh.ts');
    this.mesh = (this.mesh ?? createMesh('')).apply({ put: listManifests(text) });
    return this.mesh;
  }

  private async compare(istioVersion: NonNullable<Scenario['istioVersion']>): Promise<readonly ShownDifference[]> {
    const { translation } = this;
    const { scenario, text } = this.input;
    const mesh = this.mesh ?? (await this.meshOf(text));
    const { diff, groupDifferences } = await import('./compare.ts');
    const other = mesh.view({ ...scenario, istioVersion });
    // The older version comes first: what is described is the upgrade.
    const isOlder = istioVersion < (scenario.istioVersion ?? '1.30');
    const differences = isOlder ? diff(other, translation) : diff(translation, other);
    return groupDifferences(differences).slice(0, shownDifferences).map(showGroup);
  }

  private async lint(): Promise<Answer<'lint'>> {
    const { lint } = await import('../../../../src/lint/lint.ts');
    return lint(this.input.text, this.input.scenario).map(findingOf);
  }

  private renderResource(section: Section, name: string): Answer<'resource'> {
    const resource = resourcesByName(this.translation, section).get(name);
    return resource && renderResource(resource, [section, name]);
  }
}

async function follow(
  translation: Translation,
  { url, ...details }: FollowedRequest,
): Promise<NonNullable<Simulation['path']>> {
  const { followUrl, readUrl } = await import('./follow.ts');
  const target = readUrl(url);
  return 'problem' in target ? target : followUrl(translation, target, details);
}

function showGroup({ section, text, resources, changes }: DifferenceGroup): ShownDifference {
  return {
    section,
    text,
    resources: resources.slice(0, shownResources),
    changes: changes.slice(0, shownResources).map(showChange),
  };
}

function showChange(change: FieldChange): ShownDifference['changes'][number] {
  return {
    path: formatFieldPath(change.path.slice(1)),
    ...(change.kind !== 'added' && { before: showValue(change.before) }),
    ...(change.kind !== 'removed' && { after: showValue(change.after) }),
  };
}

function showValue(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)} …` : text;
}

function findingOf({ code, severity, message, path, range, seeAlso }: Diagnostic): Finding {
  return {
    code,
    severity,
    message,
    ...(path !== undefined && { path }),
    ...(range && {
      line: range.line,
      column: range.column,
      endLine: range.endLine,
      endColumn: range.endColumn,
    }),
    seeAlso: seeAlso ?? [],
  };
}

async function findInfluencers({ text, scenario, line }: Question<'influence'>): Promise<readonly Influencer[]> {
  const { influence } = await import('../../../../src/influence/influence.ts');
  if (text.includes('EnvoyFilter')) await loadPatches();
  const { fields } = influence(text, scenario, {
    only: ({ resource, range }) =>
      resource !== undefined &&
      (line === undefined || (range !== undefined && range.line <= line && range.endLine >= line)),
  });
  return fields.flatMap(({ field, outputs }) =>
    field.range && field.resource
      ? [
          {
            path: field.path,
            resource: `${field.resource.kind} ${field.resource.name}`,
            line: field.range.line,
            endLine: field.range.endLine,
            outputs,
          },
        ]
      : [],
  );
}
