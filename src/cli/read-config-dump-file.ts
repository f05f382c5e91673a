import { text } from 'node:stream/consumers';
import { load } from 'js-yaml';
import type { Snapshot } from '../xds/snapshot.ts';
import { UsageError } from './exit-status.ts';
import { readText } from './read-input.ts';

/** Reads a live proxy's configuration from a file or standard input; the schema is loaded only for it. */
export async function readConfigDumpFile(file: string): Promise<Snapshot> {
  const content = file === '-' ? await text(process.stdin) : readText(file);
  const { readConfigDump } = await import('../config-dump/read-config-dump.ts');
  const snapshot = readConfigDump(parse(file, content));
  if (!snapshot)
    throw new UsageError(
      `${file}: no configuration dump; take /config_dump?include_eds of Envoy's administration interface, or "istioctl proxy-config all POD -o json".`,
    );
  return snapshot;
}

/** Dumps are large, and JSON's own parser is much faster than one for YAML. */
function parse(file: string, content: string): unknown {
  try {
    return content.trimStart().startsWith('{') ? JSON.parse(content) : load(content, { filename: file });
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message}`);
  }
}
