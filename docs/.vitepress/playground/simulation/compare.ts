// What comparing two versions needs, loaded with the first comparison.
export { diff } from '../../../../src/diff/diff.ts';
export { groupDifferences } from '../../../../src/diff/group-differences.ts';
