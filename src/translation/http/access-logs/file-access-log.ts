import type { ExtensionProvider, MeshConfig } from '../../../model/istio/mesh-config.ts';
import { typeUrls } from '../../../xds/type-urls.ts';
import type { AccessLog, JsonObject, SubstitutionFormatString } from '../../../xds/types.ts';
import { jsonFormat, textFormat } from './log-format.ts';

function fileAccessLog(path: string, logFormat: SubstitutionFormatString): AccessLog {
  return {
    name: 'envoy.access_loggers.file',
    typedConfig: { '@type': typeUrls.fileAccessLog, path, logFormat },
  };
}

/** A file log in the format of `meshConfig.accessLogEncoding` and `accessLogFormat`. */
export function meshFileAccessLog(path: string, mesh: MeshConfig): AccessLog {
  const format = mesh.accessLogFormat ?? '';
  return fileAccessLog(path, mesh.accessLogEncoding === 'JSON' ? jsonFormat(readJson(format)) : textFormat(format));
}

/** A format that is not a JSON object is ignored, as istiod does. */
function readJson(text: string): JsonObject | undefined {
  if (text === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

/** The output is frozen, the user's configuration must not be. */
const copyOf = (labels: object): JsonObject => JSON.parse(JSON.stringify(labels));

type FileProvider = NonNullable<ExtensionProvider['envoyFileAccessLog']>;

/** A file log in the format of an extension provider. */
export function providerFileAccessLog(provider: FileProvider): AccessLog {
  const { logFormat, omitEmptyValues } = provider;
  return fileAccessLog(
    provider.path || '/dev/stdout',
    logFormat?.labels
      ? jsonFormat(copyOf(logFormat.labels), omitEmptyValues)
      : textFormat(logFormat?.text, omitEmptyValues),
  );
}
