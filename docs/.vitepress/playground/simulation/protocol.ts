import type { Section } from '../../../../src/diff/difference.ts';
import type { Explanation, IstioVersion, Request, Resolution, Scenario, Severity } from '../../../../src/index.ts';
import type { Table } from '../../../../src/print/tables/table.ts';
import type { PlaygroundState } from '../share-state.ts';

export type { Section } from '../../../../src/diff/difference.ts';

/** One request to follow. */
export interface FollowedRequest {
  readonly url: string;
  readonly address?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface PlaygroundInput {
  readonly text: string;
  readonly scenario: Scenario;
  readonly follow?: FollowedRequest;
  readonly compare?: IstioVersion;
}

/** A diagnostic with nothing but plain data, as it crosses from the worker to the page. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly path?: string;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  readonly seeAlso: readonly string[];
}

export interface FollowedPath {
  readonly request: Request;
  readonly explanation: Explanation;
  readonly resolution: Resolution;
}

/** One field that the compared version has otherwise. */
export interface ShownChange {
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

/** Resources that the compared version has otherwise in the same way. */
export interface ShownDifference {
  readonly section: Section;
  /** What it means: `2 clusters now verify server certificates`. */
  readonly text: string;
  readonly resources: readonly string[];
  readonly changes: readonly ShownChange[];
}

export interface Simulation {
  readonly findings: readonly Finding[];
  readonly counts: Readonly<Record<Section, number>>;
  /** Absent without a request; the reason where its URL cannot be read. */
  readonly path?: FollowedPath | { readonly problem: string };
  readonly differences?: readonly ShownDifference[];
  /** Of the translation alone, and of everything that was asked. */
  readonly translatedInMs: number;
  readonly answeredInMs: number;
}

/** Part of a section: a long one is not shown as a whole. */
export interface Listing {
  readonly table: Table;
  readonly names: readonly string[];
  readonly total: number;
}

/** A resource as YAML, with the output path that each line shows. */
export interface ResourceText {
  readonly lines: readonly { readonly text: string; readonly path: string }[];
}

/** An input field, where it stands, and what it shapes. */
export interface Influencer {
  readonly path: string;
  readonly resource: string;
  readonly line: number;
  readonly endLine: number;
  readonly outputs: readonly string[];
}

/** What can be asked of the worker, and what it answers. */
export interface Conversation {
  readonly simulate: { readonly question: PlaygroundInput; readonly answer: Simulation };
  readonly lint: { readonly question: undefined; readonly answer: readonly Finding[] };
  readonly list: {
    readonly question: { readonly section: Section; readonly filter: string; readonly all: boolean };
    readonly answer: Listing;
  };
  readonly resource: {
    readonly question: { readonly section: Section; readonly name: string };
    readonly answer: ResourceText | undefined;
  };
  /** `line` limits the answer to the fields of one line: each costs a few translations. */
  readonly influence: {
    readonly question: { readonly text: string; readonly scenario: Scenario; readonly line?: number };
    readonly answer: readonly Influencer[];
  };
  readonly share: { readonly question: PlaygroundState; readonly answer: string };
}

export type Topic = keyof Conversation;
export type Question<T extends Topic> = Conversation[T]['question'];
export type Answer<T extends Topic> = Conversation[T]['answer'];
