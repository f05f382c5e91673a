// What the package exports, and what API Extractor makes of one of its entries.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';

const root = path.join(import.meta.dirname, '../..');
const { exports } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

/** @type {readonly { readonly name: string, readonly types: string }[]} `types` is a path below the root. */
export const entries = Object.entries(exports)
  .filter(([, target]) => target.types)
  .map(([name, { types }]) => ({ name: name === '.' ? 'xdsim' : name.replace('./', 'xdsim-'), types }));

/** Whether the entry could be read, and is as reported where a report is asked for. */
export function extract({ name, types }, { report = false, updates = false, rollup }) {
  const silent = { default: { logLevel: 'none' } };
  const config = ExtractorConfig.prepare({
    configObjectFullPath: path.join(root, 'api-extractor.json'),
    packageJsonFullPath: path.join(root, 'package.json'),
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: path.join(root, types),
      compiler: { tsconfigFilePath: path.join(root, 'tsconfig.build.json') },
      apiReport: {
        enabled: report,
        reportFileName: `${name}.api.md`,
        reportFolder: path.join(root, 'api'),
        reportTempFolder: path.join(root, 'api/temp'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: rollup !== undefined, untrimmedFilePath: rollup ?? '' },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: { extractorMessageReporting: silent, tsdocMessageReporting: silent },
    },
  });
  const { apiReportChanged, errorCount } = Extractor.invoke(config, {
    localBuild: updates,
    messageCallback: (message) => {
      message.handled = true;
      if (message.logLevel === 'error') console.error(message.text);
    },
  });
  return errorCount === 0 && (updates || !report || !apiReportChanged);
}
