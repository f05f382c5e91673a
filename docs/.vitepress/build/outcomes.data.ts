import { type OutcomeDescription, outcomes } from '../../../src/index.ts';

export type ListedOutcome = OutcomeDescription & { readonly code: string };

export declare const data: readonly ListedOutcome[];

export default {
  load: (): readonly ListedOutcome[] =>
    Object.entries(outcomes).map(([code, description]) => ({ code, ...description })),
};
