import { bool, type Infer, list, map, message, string, uint32 } from './schema.ts';

export const portSelector = message('PortSelector', {
  number: uint32(),
});
export interface PortSelector extends Infer<typeof portSelector> {}

export const stringMatch = message(
  'StringMatch',
  {
    exact: string(),
    prefix: string(),
    regex: string(),
  },
  { oneOf: [['exact', 'prefix', 'regex']] },
);
export interface StringMatch extends Infer<typeof stringMatch> {}

export const httpMatchRequest = message('HTTPMatchRequest', {
  name: string(),
  uri: stringMatch,
  scheme: stringMatch,
  method: stringMatch,
  authority: stringMatch,
  headers: map(stringMatch),
  port: uint32(),
  sourceLabels: map(string()),
  gateways: list(string()),
  queryParams: map(stringMatch),
  ignoreUriCase: bool(),
  withoutHeaders: map(stringMatch),
  sourceNamespace: string(),
  statPrefix: string(),
});
export interface HTTPMatchRequest extends Infer<typeof httpMatchRequest> {}

export const tlsMatchAttributes = message('TLSMatchAttributes', {
  sniHosts: list(string()),
  destinationSubnets: list(string()),
  port: uint32(),
  sourceLabels: map(string()),
  gateways: list(string()),
  sourceNamespace: string(),
});
export interface TLSMatchAttributes extends Infer<typeof tlsMatchAttributes> {}

export const l4MatchAttributes = message('L4MatchAttributes', {
  destinationSubnets: list(string()),
  port: uint32(),
  sourceSubnet: string(),
  sourceLabels: map(string()),
  gateways: list(string()),
  sourceNamespace: string(),
});
export interface L4MatchAttributes extends Infer<typeof l4MatchAttributes> {}
