import type { Difference } from '../diff/difference.ts';
import type { InputObject } from './input-object.ts';
import type { Variations } from './vary-input.ts';

/**
 * The objects without which something would be different. Where all others together make no difference, they are among the
 * likely ones. Leaves out many at once and looks closer only where that makes a difference: for a few objects of a large
 * input that takes few translations.
 */
export function objectsBehind(
  matters: (difference: Difference) => boolean,
  { input, without }: Variations,
  isLikely: (object: InputObject) => boolean = () => true,
): readonly InputObject[] {
  const search = (objects: readonly InputObject[]): readonly InputObject[] => {
    if (objects.length === 0 || !without(objects).some(matters)) return [];
    if (objects.length === 1) return objects;
    const middle = Math.ceil(objects.length / 2);
    return [...search(objects.slice(0, middle)), ...search(objects.slice(middle))];
  };
  const unlikely = input.filter((object) => !isLikely(object));
  const isAmongLikely = unlikely.length > 0 && !without(unlikely).some(matters);
  return search(isAmongLikely ? input.filter(isLikely) : input);
}
