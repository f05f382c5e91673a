import { effectsOf } from '../../influence/effect.ts';
import { why } from '../../influence/why.ts';
import { chooseWord } from '../choose.ts';
import { exitStatus, UsageError } from '../exit-status.ts';
import { parseOptions } from '../parse-options.ts';
import { effectsText, whyText } from '../print-influence.ts';
import { inputOptions, readInputs, readScenarioManifest, readScenarioOptions } from '../read-input.ts';

/** `xdsim explain --why PATH` and `--effect FIELD`: which input fields shape which output. */
export async function explainInfluenceCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, {
    ...inputOptions,
    why: { type: 'string' },
    effect: { type: 'string' },
    output: { type: 'string', short: 'o', default: 'text' },
  });
  if (positionals.length > 0 || (values.why === undefined) === (values.effect === undefined))
    throw new UsageError('choose one: a URL to follow, --why PATH into the output, or --effect FIELD of the input.');
  const output = chooseWord('-o', values.output, ['text', 'json']);

  const manifests = await readInputs(values.file);
  const scenario = readScenarioOptions(values);
  const scenarioFile = readScenarioManifest(values);
  const write = (result: unknown, text: string): void =>
    void process.stdout.write(output === 'json' ? `${JSON.stringify(result, null, 2)}\n` : text);

  if (values.effect !== undefined) {
    const effects = effectsOf(manifests, scenario, values.effect, scenarioFile);
    write(effects, effectsText(effects, values.effect));
    return effects.length > 0 ? exitStatus.clean : exitStatus.findings;
  }
  const path = values.why ?? '';
  const answer = why(manifests, scenario, path, scenarioFile && { scenarioFile });
  if (answer === undefined)
    throw new UsageError(
      `--why "${path}": begin with a section, as in clusters[NAME].connectTimeout: clusters, listeners, routes, endpoints or names.`,
    );
  write(answer, whyText(answer));
  return answer.shapedBy.length > 0 ? exitStatus.clean : exitStatus.findings;
}
