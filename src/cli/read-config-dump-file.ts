import { text } from 'node:stream/consumers';
import type { ConfigDump } from '../dump/config-dump.ts';
import { UsageError } from './exit-status.ts';
import { readText } from './read-input.ts';

/** A live proxy's configuration, from a file or standard input. What its DNS proxy answers is not in it. */
export async function readConfigDumpFile(file: string): Promise<ConfigDump> {
  const { readConfigDump } = await import('../dump/read-config-dump.ts');
  const dump = readConfigDump(file === '-' ? await text(process.stdin) : readText(file));
  if (!dump)
    throw new UsageError(
      `${file}: no configuration dump; take /config_dump?include_eds of Envoy's administration interface, or "istioctl proxy-config all POD -o json".`,
    );
  return dump;
}
