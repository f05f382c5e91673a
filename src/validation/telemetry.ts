import type {
  AccessLogging,
  CustomTag,
  Metrics,
  MetricsOverrides,
  ProviderRef,
  TagOverride,
  Telemetry,
  Tracing,
} from '../model/istio/telemetry.ts';
import { celProblem } from './cel/cel-problem.ts';
import { type Field, forEachEntry, forEachItem } from './field.ts';
import { validatePolicyTargets } from './values/target-reference.ts';

/** Source: istio `pkg/config/validation/validation.go`, ValidateTelemetry. */
export function validateTelemetry(telemetry: Telemetry, field: Field): void {
  validatePolicyTargets(telemetry, field);
  forEachItem(telemetry.metrics, field.at('metrics'), validateMetrics);
  if ((telemetry.tracing?.length ?? 0) > 1)
    field.at('tracing').warn('Only one tracing configuration is used; merge them.');
  forEachItem(telemetry.tracing, field.at('tracing'), validateTracing);
  forEachItem(telemetry.accessLogging, field.at('accessLogging'), validateAccessLogging);
}

function validateProviders(providers: readonly ProviderRef[] | undefined, field: Field): void {
  forEachItem(providers, field, ({ name = '' }, at) => {
    if (name === '') at.at('name').refuse('Name the extension provider.');
  });
}

function validateAccessLogging(logging: AccessLogging, field: Field): void {
  validateProviders(logging.providers, field.at('providers'));
  if (logging.filter !== undefined) {
    field
      .at('filter')
      .at('expression')
      .refuseIf(celProblem(logging.filter.expression ?? ''));
  }
}

function validateTracing(tracing: Tracing, field: Field): void {
  validateProviders(tracing.providers, field.at('providers'));
  if ((tracing.providers?.length ?? 0) > 1)
    field.at('providers').warn('Only one tracing provider is used; remove the others.');
  const percentage = tracing.randomSamplingPercentage ?? 0;
  if (percentage < 0 || percentage > 100) {
    field.at('randomSamplingPercentage').refuse(`${percentage} is not a percentage between 0 and 100.`);
  }
  forEachEntry(tracing.customTags, field.at('customTags'), (name, tag, at) => {
    if (name === '') at.refuse('Give the tag a name.');
    validateCustomTag(tag, at);
  });
}

function validateCustomTag({ literal, header, environment }: CustomTag, field: Field): void {
  if (literal !== undefined && !literal.value) field.at('literal').at('value').refuse('Set the value of the tag.');
  if (header !== undefined && !header.name) field.at('header').at('name').refuse('Name the header that holds the tag.');
  if (environment !== undefined && !environment.name) {
    field.at('environment').at('name').refuse('Name the environment variable that holds the tag.');
  }
}

function validateMetrics(metrics: Metrics, field: Field): void {
  validateProviders(metrics.providers, field.at('providers'));
  forEachItem(metrics.overrides, field.at('overrides'), validateOverride);
}

function validateOverride(override: MetricsOverrides, field: Field): void {
  if (override.match?.customMetric === '') field.at('match').at('customMetric').refuse('Name the metric.');
  forEachEntry(override.tagOverrides, field.at('tagOverrides'), (name, tag, at) => {
    if (name === '') at.warn('The tag has no name and has no effect; name it.');
    validateTagOverride(tag, at.at('value'));
  });
}

function validateTagOverride({ operation = 'UPSERT', value = '' }: TagOverride, field: Field): void {
  if (operation === 'UPSERT' && value === '') field.refuse('Set the value of the tag, or operation REMOVE.');
  if (operation === 'REMOVE' && value !== '')
    field.refuse('A tag that is removed has no value; remove it or set operation UPSERT.');
}
