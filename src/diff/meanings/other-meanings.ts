import { fields, type Meaning } from './meaning.ts';

export const endpointMeanings: readonly Meaning[] = [
  fields('endpoints', /(^|\.)(endpoints|lbEndpoints)\[\]$/, {
    appeared: '(has|have) more endpoints',
    vanished: '(has|have) fewer endpoints',
    changed: '(has|have) other endpoints',
  }),
  fields('endpoints', /\.(priority|locality|loadBalancingWeight)/, {
    changed: '(prefers|prefer) endpoints in another order',
  }),
  fields('endpoints', /\.metadata/, { changed: '(tells|tell) other things of endpoints, such as their TLS mode' }),
];

export const nameMeanings: readonly Meaning[] = [
  fields('names', /^ips/, { changed: '(resolves|resolve) to other addresses' }),
];
