import type { Rule } from './rule.ts';
import { tcpWithoutAddress } from './rules/tcp-without-address.ts';

/** Every rule, in the order of the pipeline that it watches. */
export const rules: readonly Rule[] = [tcpWithoutAddress];
