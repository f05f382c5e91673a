import { nearestName } from '../model/nearest-name.ts';
import { exitStatus, UsageError } from './exit-status.ts';
import { toolVersion } from './tool-version.ts';
import { usage } from './usage.ts';

type Command = (args: readonly string[]) => Promise<number>;

/** Each command is loaded only when it runs: `--help` and a small translation stay quick to start. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  translate: async () => (await import('./commands/translate.ts')).translateCommand,
  lint: async () => (await import('./commands/lint.ts')).lintCommand,
  diff: async () => (await import('./commands/diff.ts')).diffCommand,
  envoy: async () => (await import('./commands/envoy.ts')).envoyCommand,
  // Where --why or --effect is given; a URL to follow is a command of its own.
  explain: async () => (await import('./commands/explain.ts')).explainCommand,
  golden: async () => (await import('./commands/golden.ts')).goldenCommand,
};

async function main(args: readonly string[]): Promise<number> {
  const [name = '--help', ...rest] = args;
  if (['--help', '-h', 'help'].includes(name)) {
    process.stdout.write(usage(rest[0]));
    return exitStatus.clean;
  }
  if (['--version', '-V', 'version'].includes(name)) {
    process.stdout.write(`${toolVersion()}\n`);
    return exitStatus.clean;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) throw new UsageError(unknownCommand(name));
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(usage(name));
    return exitStatus.clean;
  }
  return (await load())(rest);
}

function unknownCommand(name: string): string {
  const names = Object.keys(commands);
  const meant = nearestName(name, names);
  return `"${name}" is not a command. ${meant ? `Did you mean "${meant}"?` : `Commands: ${names.join(', ')}.`}`;
}

function whereToRead(name = ''): string {
  return Object.hasOwn(commands, name)
    ? `Run "xdsim ${name} --help" for its options.`
    : 'Run "xdsim --help" for the commands.';
}

// A reader that closes the pipe early (`xdsim translate … | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? exitStatus.clean : exitStatus.unusable),
);

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`xdsim: ${error.message}\n${whereToRead(process.argv[2])}\n`);
  process.exitCode = exitStatus.unusable;
}
