import { describeCodes } from '../../../src/index.ts';

export interface ListedCode {
  readonly code: string;
  readonly summary: string;
}

export declare const data: readonly ListedCode[];

export default {
  load: (): readonly ListedCode[] => describeCodes().map(({ code, summary }) => ({ code, summary })),
};
