import { type CauseDescription, causes, type OutcomeDescription, outcomes } from '../../../src/index.ts';

export type ListedOutcome = OutcomeDescription & { readonly code: string };

export type ListedCause = CauseDescription & { readonly code: string };

export declare const data: { readonly outcomes: readonly ListedOutcome[]; readonly causes: readonly ListedCause[] };

export default {
  load: (): typeof data => ({
    outcomes: Object.entries(outcomes).map(([code, description]) => ({ code, ...description })),
    causes: Object.entries(causes).map(([code, description]) => ({ code, ...description })),
  }),
};
