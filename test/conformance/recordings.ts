import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** What istiod really answered lies beside a checkout of the project, and is not part of it. */
export const recordings = path.resolve(import.meta.dirname, '../../../shared/conformance/cases');

export const haveRecordings = existsSync(recordings);

/** What istiod sent, in every case and for every recorded version of Istio. */
export function recordedAnswers(): readonly string[] {
  return readdirSync(recordings, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)expected[^/]*\.json$/.test(file))
    .sort()
    .map((file) => path.join(recordings, file));
}
