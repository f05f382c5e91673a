import { type Infer, int32, map, message, string } from './schema.ts';
import { policyWorkloadSelector } from './selector.ts';

export const proxyImage = message('ProxyImage', {
  imageType: string(),
});
export interface ProxyImage extends Infer<typeof proxyImage> {}

export const proxyConfigResource = message('ProxyConfigResource', {
  selector: policyWorkloadSelector,
  concurrency: int32(),
  environmentVariables: map(string()),
  image: proxyImage,
});
export interface ProxyConfigResource extends Infer<typeof proxyConfigResource> {}
