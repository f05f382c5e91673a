// What following a request needs, loaded with the first one.
export { followUrl } from '../../../../src/explain/follow-url.ts';
export { readUrl } from '../../../../src/explain/read-url.ts';
