import { formatFieldPath, parseFieldPath } from '../model/field-path.ts';
import type { InputField } from './input-field.ts';
import { touches } from './touches.ts';

/**
 * Chooses input fields by what a person writes:
 *
 * - `manifests/rule.yaml:11`: what stands in this line
 * - `spec.trafficPolicy.connectionPool`: the field and all below it, of any resource, or of the scenario
 * - `DestinationRule/api:spec.host`, `DestinationRule/payments/api:spec.host`: the same of one resource
 */
export function selectFields(selector: string): (field: InputField) => boolean {
  const place = /^(?<file>.+):(?<line>\d+)$/.exec(selector)?.groups;
  if (place) return ({ range }) => range?.line === Number(place.line) && isFile(range.file, place.file ?? '');
  const { resource, path } = /^(?:(?<resource>[^:]*\/[^:]*):)?(?<path>.*)$/s.exec(selector)?.groups ?? {};
  const wanted = formatFieldPath(parseFieldPath(path ?? ''));
  return (field) => isOf(field, resource) && (wanted === '' || isBelow(field.path, wanted));
}

/** A file may be named by the end of its path. */
function isFile(file: string, named: string): boolean {
  return file === named || file.endsWith(`/${named}`);
}

function isOf({ resource }: InputField, named: string | undefined): boolean {
  if (named === undefined) return true;
  if (resource === undefined) return false;
  const { kind, namespace, name } = resource;
  return [`${kind}/${name}`, `${kind}/${namespace}/${name}`, `${namespace}/${name}`].includes(named);
}

function isBelow(path: string, outer: string): boolean {
  return path.length >= outer.length && touches(path, outer);
}
