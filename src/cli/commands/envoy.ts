import { issueCertificate } from '../../envoy/issue-certificate.ts';
import { type BootstrapResult, type Certificates, omissionLines, toBootstrap } from '../../envoy/to-bootstrap.ts';
import { print } from '../../print/print.ts';
import { translate } from '../../translate.ts';
import type { DataSource } from '../../xds/types.ts';
import { UsageError } from '../exit-status.ts';
import { parseOptions, refusePositionals } from '../parse-options.ts';
import { printDiagnostics, statusOf } from '../print-diagnostics.ts';
import { inputOptions, readInputs, readScenarioOptions, readText } from '../read-input.ts';
import { writeText } from '../write-text.ts';

const options = {
  ...inputOptions,
  output: { type: 'string', short: 'o' },
  demo: { type: 'boolean' },
  admin: { type: 'string' },
  certificate: { type: 'string' },
  'private-key': { type: 'string' },
  'trusted-ca': { type: 'string' },
} as const;

interface CertificateValues {
  readonly certificate?: string | undefined;
  readonly 'private-key'?: string | undefined;
  readonly 'trusted-ca'?: string | undefined;
}

/** `xdsim envoy`: writes a configuration file that a stock Envoy runs. */
export async function envoyCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, options);
  refusePositionals(positionals);
  const translation = translate(await readInputs(values.file), readScenarioOptions(values));
  printDiagnostics(translation.diagnostics);
  const result = toBootstrap(translation, {
    certificates: readCertificates(values),
    ...(values.admin !== undefined && { admin: readAdmin(values.admin) }),
    ...(values.demo && { demo: true }),
  });
  write(result, values.output);
  return statusOf(translation.diagnostics);
}

/** YAML carries the report as a comment; JSON cannot, so there it goes to the error output alone. */
function write(result: BootstrapResult, output: string | undefined): void {
  const report = reportLines(result);
  const yaml = output !== undefined && /\.ya?ml$/.test(output);
  const text = print(result.bootstrap, { format: yaml ? 'yaml' : 'json' });
  const content = yaml ? `${report.map((line) => `# ${line}`.trimEnd()).join('\n')}\n${text}` : text;
  if (output === undefined || output === '-') process.stdout.write(content);
  else writeText(output, content);
  process.stderr.write(`${report.join('\n')}\n`);
}

function reportLines({ omissions, demoAddresses, bootstrap }: BootstrapResult): readonly string[] {
  const { clusters, listeners } = bootstrap.staticResources;
  const left = omissionLines(omissions);
  return [
    `${clusters.length} clusters and ${listeners.length} listeners for a stock Envoy.`,
    ...(left.length > 0 ? ['Left out:', ...left.map((line) => `  ${line}`)] : []),
    ...demoAddresses.map(
      ({ kind, address, standsFor }) => `${kind.padEnd(8)} ${address.padEnd(16)} stands for ${standsFor}`,
    ),
  ];
}

/** The files that the options name; a certificate made on the spot where they name none. */
function readCertificates(values: CertificateValues): Certificates {
  const trustedCa = values['trusted-ca'] === undefined ? undefined : pemFile(values['trusted-ca']);
  const { certificate, 'private-key': privateKey } = values;
  if ((certificate === undefined) !== (privateKey === undefined))
    throw new UsageError('--certificate and --private-key belong together: name both or none.');
  const own =
    certificate !== undefined && privateKey !== undefined
      ? { certificateChain: pemFile(certificate), privateKey: pemFile(privateKey) }
      : selfSigned();
  return { ...own, ...(trustedCa && { trustedCa }) };
}

function selfSigned(): Certificates {
  const { certificate, privateKey } = issueCertificate({ commonName: 'xdsim' });
  return { certificateChain: { inlineString: certificate }, privateKey: { inlineString: privateKey } };
}

function pemFile(file: string): DataSource {
  readText(file);
  return { filename: file };
}

function readAdmin(text: string) {
  const port = Number(text);
  if (!Number.isInteger(port)) return { pipe: { path: text } };
  if (port < 1 || port > 65_535)
    throw new UsageError(`--admin ${text}: choose a port from 1 to 65535 or a socket's path.`);
  return { socketAddress: { address: '127.0.0.1', portValue: port } };
}
