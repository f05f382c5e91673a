import { usage } from '../../../src/cli/usage.ts';

export interface Commands {
  readonly overview: string;
  readonly commands: readonly { readonly name: string; readonly text: string }[];
}

export declare const data: Commands;

/** What the command prints as help: the commands are those that the overview lists. */
export default {
  load(): Commands {
    const overview = usage();
    const list = /Commands\n((?: {2}.*\n)+)/.exec(overview)?.[1] ?? '';
    const names = list.split('\n').flatMap((line) => /^ {2}(\S+)/.exec(line)?.[1] ?? []);
    return { overview, commands: names.map((name) => ({ name, text: usage(name) })) };
  },
};
