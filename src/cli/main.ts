import { exitStatus, UsageError } from './exit-status.ts';
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
    process.stdout.write(usage());
    return exitStatus.clean;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) throw new UsageError(`"${name}" is not a command. Commands: ${Object.keys(commands).join(', ')}.`);
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(usage(name));
    return exitStatus.clean;
  }
  return (await load())(rest);
}

// A reader that closes the pipe early (`xdsim translate … | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? exitStatus.clean : exitStatus.unusable),
);

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`xdsim: ${error.message}\nRun "xdsim --help" for the commands and their options.\n`);
  process.exitCode = exitStatus.unusable;
}
