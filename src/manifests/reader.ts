import type { Schema } from 'js-yaml';
import { Decoder } from '../model/istio/decode.ts';
import { createKubernetesSchema } from './kubernetes-scalars.ts';

/** What is used for one document after the other, by whoever reads many. */
export interface Reader {
  readonly schema: Schema;
  readonly decoder: Decoder;
}

export function createReader(): Reader {
  return { schema: createKubernetesSchema(), decoder: new Decoder() };
}
