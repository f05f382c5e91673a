import path from 'node:path/posix';
import type { Difference, FieldChange } from '../diff/difference.ts';
import { findCauses } from '../influence/find-causes.ts';
import type { LiveMesh } from '../live/create-mesh.ts';
import type { Cause, DifferenceReport } from '../print/differences/difference-report.ts';
import { reportDifferences } from '../print/differences/report-differences.ts';
import type { CaseMeshes } from './case-meshes.ts';
import { compareFiles, type FileState } from './compare-files.ts';
import { findCases } from './find-cases.ts';
import { findOrphans } from './find-orphans.ts';
import type { GoldenCase, GoldenView } from './golden-case.ts';
import type { GoldenFolder } from './golden-folder.ts';
import { readWrittenFiles } from './read-written-files.ts';
import { renderView } from './render-view.ts';

/** What a check of all cases found. Paths lead from where the command runs. */
export interface CheckResult {
  /** As it was named. */
  readonly root: string;
  /** How many cases there are. */
  readonly cases: number;
  /** Every view that was looked at, in the order of the cases. */
  readonly views: readonly ViewResult[];
  /** Files that belong to no case. */
  readonly orphans: readonly string[];
}

/** What became of one proxy of a case. */
export interface ViewResult {
  readonly folder: string;
  readonly files: readonly { readonly file: string; readonly state: FileState }[];
  /** What the proxy gets now, against what its files say, with the input that is behind it. */
  readonly report: DifferenceReport;
  /** Explanations and diagnostics that differ. */
  readonly lines: readonly string[];
}

export interface CheckOptions {
  /** Only these cases, by their folder. */
  readonly only?: (folder: string) => boolean;
  /** Of those that are looked at more than once. */
  readonly meshes?: CaseMeshes | undefined;
}

/** Finding causes takes longer than all the rest; of a change to everything, some examples say enough. */
const explainedViews = 20;

/** Compares the golden files of every case with what the library makes today. */
export function checkCases(folder: GoldenFolder, { only = () => true, meshes }: CheckOptions = {}): CheckResult {
  const cases = findCases(folder);
  let explained = 0;
  const views = cases
    .filter((candidate) => only(candidate.folder))
    .flatMap((candidate) => {
      const mesh = meshes?.meshOf(candidate);
      return candidate.views.map((view): ViewResult => {
        const result = checkView(folder, { checked: candidate, view, mesh, explained: explained < explainedViews });
        if (result.files.length > 0) explained += 1;
        return result;
      });
    });
  const orphans = findOrphans(folder, cases).map((file) => path.join(folder.root, file));
  return { root: folder.root, cases: cases.length, views, orphans };
}

interface ViewCheck {
  readonly checked: GoldenCase;
  readonly view: GoldenView;
  readonly mesh: LiveMesh | undefined;
  /** Whether causes are looked for. */
  readonly explained: boolean;
}

function checkView(folder: GoldenFolder, { checked, view, mesh, explained }: ViewCheck): ViewResult {
  const viewFolder = path.join(checked.folder, view.folder);
  const written = readWrittenFiles(folder, viewFolder);
  const wanted = renderView(checked.manifests, view.scenario, { requests: view.requests, mesh });
  const { files, differences, lines } = compareFiles(written, wanted);
  const causes = explained ? causesOf(differences, { checked, view, root: folder.root }) : new Map();
  return {
    folder: path.join(folder.root, viewFolder),
    files: files.map(({ name, state }) => ({ file: path.join(folder.root, viewFolder, name), state })),
    report: reportDifferences(differences, { causes }),
    lines,
  };
}

interface Checked {
  readonly checked: GoldenCase;
  readonly view: GoldenView;
  readonly root: string;
}

function causesOf(
  differences: readonly Difference[],
  { checked, view, root }: Checked,
): ReadonlyMap<Difference | FieldChange, Cause> {
  const { folder, manifests, scenarioFile } = checked;
  const found = findCauses(differences, manifests, view.scenario, scenarioFile && { scenarioFile });
  return new Map([...found].map(([of, cause]) => [of, placeBelow(path.join(root, folder), cause)]));
}

/** Positions are relative to the case; a reader of the report stands above the root. */
function placeBelow(folder: string, { resource, path: field, value, range }: Cause): Cause {
  return {
    ...(resource && { resource }),
    path: field,
    value,
    ...(range && { range: { ...range, file: path.join(folder, range.file) } }),
  };
}
