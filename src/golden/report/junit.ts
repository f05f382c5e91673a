import type { CheckResult, ViewResult } from '../check-cases.ts';
import { failedViews, fileStates, type PrintCheck } from './check-report.ts';
import { viewText } from './text.ts';

/**
 * A test suite with a test for each proxy of each case, in the form that most pipelines read.
 * Documented at https://github.com/testmoapp/junitxml
 */
export const printCheckJunit: PrintCheck = (result) => {
  const tests = result.views.length + result.orphans.length;
  const failures = failedViews(result).length + result.orphans.length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="xdsim golden" tests="${tests}" failures="${failures}">`,
    `  <testsuite name="${escape(result.root)}" tests="${tests}" failures="${failures}">`,
    ...testCases(result),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
};

function testCases({ views, orphans }: CheckResult): readonly string[] {
  return [
    ...views.map((view) => testCase(view.folder, view.files.length === 0 ? undefined : failureOf(view))),
    ...orphans.map((file) => testCase(file, { message: 'orphaned', text: 'This file belongs to no case.' })),
  ];
}

interface Failure {
  readonly message: string;
  readonly text: string;
}

function failureOf(view: ViewResult): Failure {
  return { message: fileStates(view), text: viewText(view) };
}

function testCase(name: string, failure: Failure | undefined): string {
  const head = `    <testcase classname="golden" name="${escape(name)}"`;
  if (failure === undefined) return `${head}/>`;
  return `${head}><failure message="${escape(failure.message)}">${escape(failure.text)}</failure></testcase>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML 1.0 has no place for most control characters, escaped or not. */
function escape(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"]/g, (character) => entities[character] ?? '');
}
