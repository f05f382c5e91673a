import { followUrl, type Onward, type RequestDetails, type Trace } from '../../explain/follow-url.ts';
import { type OutcomeDescription, outcomes } from '../../explain/outcomes.ts';
import { type RequestUrl, readUrl } from '../../explain/read-url.ts';
import { RequestFollower } from '../../hops/request-follower.ts';
import { traceMarkdown } from '../../print/trace/markdown.ts';
import { traceMermaid } from '../../print/trace/mermaid.ts';
import { traceText } from '../../print/trace/text.ts';
import { choose } from '../choose.ts';
import { exitStatus, UsageError } from '../exit-status.ts';
import { parseOptions } from '../parse-options.ts';
import { printDiagnostics, statusOf } from '../print-diagnostics.ts';
import { readConfigDumpFile } from '../read-config-dump-file.ts';
import { inputOptions, readInputs, readScenarioOptions } from '../read-input.ts';
import { explainInfluenceCommand } from './explain-influence.ts';

const options = {
  ...inputOptions,
  'config-dump': { type: 'string' },
  header: { type: 'string', short: 'H', multiple: true },
  request: { type: 'string', short: 'X' },
  address: { type: 'string' },
  sni: { type: 'string' },
  alpn: { type: 'string' },
  via: { type: 'string' },
  verbose: { type: 'boolean', short: 'v' },
  output: { type: 'string', short: 'o', default: 'text' },
} as const;

type Values = ReturnType<typeof parseOptions<typeof options>>['values'];

const formats: Readonly<Record<string, (trace: Trace, verbose: boolean) => string>> = {
  text: (trace, verbose) => traceText(trace, { verbose }),
  json: (trace) => `${JSON.stringify(trace, null, 2)}\n`,
  mermaid: traceMermaid,
  markdown: traceMarkdown,
};

/** `xdsim explain`: the way of one request, or with `--why` and `--effect` what shapes the configuration. */
export async function explainCommand(args: readonly string[]): Promise<number> {
  if (args.some((arg) => /^--(why|effect)(=|$)/.test(arg))) return explainInfluenceCommand(args);
  const { values, positionals } = parseOptions(args, options);
  const [text, ...rest] = positionals;
  if (text === undefined || rest.length > 0)
    throw new UsageError(
      'name one URL to follow (https://host/, http://host:8080/path, tcp://host:5432), or ask with --why or --effect.',
    );
  const url = readUrl(text);
  if ('problem' in url) throw new UsageError(url.problem);
  const format = choose('-o', values.output, formats);

  const { trace, status } = await follow(values, url);
  process.stdout.write(format(trace, values.verbose ?? false));
  return hasFailed(trace) ? exitStatus.findings : status;
}

function hasFailed({ explanation, onward }: Trace | Onward): boolean {
  const { ends }: OutcomeDescription = outcomes[explanation.outcome];
  return ends === 'failed' || (onward !== undefined && hasFailed(onward));
}

async function follow(values: Values, url: RequestUrl): Promise<{ readonly trace: Trace; readonly status: number }> {
  const { 'config-dump': dump, via } = values;
  const details = readDetails(values);
  if (dump !== undefined) {
    if (values.file) throw new UsageError('-f and --config-dump exclude each other.');
    return { trace: followUrl((await readConfigDumpFile(dump)).snapshot, url, details), status: exitStatus.clean };
  }
  if (via !== undefined && !/^[^/]+\/[^/]+$/.test(via))
    throw new UsageError(`--via "${via}": write NAMESPACE/NAME of the gateway's Service.`);
  const manifests = await readInputs(values.file);
  const options = via === undefined ? {} : { via };
  const follower = new RequestFollower(manifests, readScenarioOptions(values));
  const trace = follower.follow(url, details, options);
  const { diagnostics } = follower.translation;
  printDiagnostics(diagnostics);
  if (via !== undefined && !trace.onward) process.stderr.write(`xdsim: the request does not go on through ${via}.\n`);
  return { trace, status: statusOf(diagnostics) };
}

function readDetails(values: Values): RequestDetails {
  const headers = Object.fromEntries((values.header ?? []).map(readHeader));
  return {
    ...(values.address !== undefined && { address: values.address }),
    ...(values.sni !== undefined && { sni: values.sni }),
    ...(values.alpn !== undefined && { alpn: values.alpn }),
    ...(values.request !== undefined && { method: values.request.toUpperCase() }),
    ...(Object.keys(headers).length > 0 && { headers }),
  };
}

function readHeader(text: string): readonly [string, string] {
  const colon = text.indexOf(':');
  if (colon < 1) throw new UsageError(`-H "${text}": write 'name: value'.`);
  return [text.slice(0, colon).trim().toLowerCase(), text.slice(colon + 1).trim()];
}
