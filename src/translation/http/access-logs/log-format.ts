import type { JsonObject, SubstitutionFormatString, TypedExtensionConfig } from '../../../xds/types.ts';

/** What istiod logs where no format is configured. Source: istio `pilot/pkg/model/telemetry_logging.go`. */
export const defaultTextFormat =
  '[%START_TIME%] "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" %RESPONSE_CODE% %RESPONSE_FLAGS% ' +
  '%RESPONSE_CODE_DETAILS% %CONNECTION_TERMINATION_DETAILS% "%UPSTREAM_TRANSPORT_FAILURE_REASON%" ' +
  '%BYTES_RECEIVED% %BYTES_SENT% %DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% "%REQ(X-FORWARDED-FOR)%" ' +
  '"%REQ(USER-AGENT)%" "%REQ(X-REQUEST-ID)%" "%REQ(:AUTHORITY)%" "%UPSTREAM_HOST%" %UPSTREAM_CLUSTER_RAW% ' +
  '%UPSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_REMOTE_ADDRESS% %REQUESTED_SERVER_NAME% ' +
  '%ROUTE_NAME%\n';

export const defaultJsonFormat: JsonObject = {
  start_time: '%START_TIME%',
  route_name: '%ROUTE_NAME%',
  method: '%REQ(:METHOD)%',
  path: '%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%',
  protocol: '%PROTOCOL%',
  response_code: '%RESPONSE_CODE%',
  response_flags: '%RESPONSE_FLAGS%',
  response_code_details: '%RESPONSE_CODE_DETAILS%',
  connection_termination_details: '%CONNECTION_TERMINATION_DETAILS%',
  bytes_received: '%BYTES_RECEIVED%',
  bytes_sent: '%BYTES_SENT%',
  duration: '%DURATION%',
  upstream_service_time: '%RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)%',
  x_forwarded_for: '%REQ(X-FORWARDED-FOR)%',
  user_agent: '%REQ(USER-AGENT)%',
  request_id: '%REQ(X-REQUEST-ID)%',
  authority: '%REQ(:AUTHORITY)%',
  upstream_host: '%UPSTREAM_HOST%',
  upstream_cluster: '%UPSTREAM_CLUSTER_RAW%',
  upstream_local_address: '%UPSTREAM_LOCAL_ADDRESS%',
  downstream_local_address: '%DOWNSTREAM_LOCAL_ADDRESS%',
  downstream_remote_address: '%DOWNSTREAM_REMOTE_ADDRESS%',
  requested_server_name: '%REQUESTED_SERVER_NAME%',
  upstream_transport_failure_reason: '%UPSTREAM_TRANSPORT_FAILURE_REASON%',
};

/** A text format always ends with a line break. */
export function textFormat(format: string | undefined, omitEmptyValues = false): SubstitutionFormatString {
  const text = !format ? defaultTextFormat : format.endsWith('\n') ? format : `${format}\n`;
  return {
    textFormatSource: { inlineString: text },
    ...(omitEmptyValues && { omitEmptyValues: true }),
    ...formattersFor([text]),
  };
}

/** An object without fields stands for the default format. */
export function jsonFormat(format: JsonObject | undefined, omitEmptyValues = false): SubstitutionFormatString {
  const fields = format && Object.keys(format).length > 0 ? format : defaultJsonFormat;
  return {
    jsonFormat: fields,
    jsonFormatOptions: {},
    ...(omitEmptyValues && { omitEmptyValues: true }),
    ...formattersFor(Object.values(fields)),
  };
}

const requestWithoutQuery: TypedExtensionConfig = {
  name: 'envoy.formatter.req_without_query',
  typedConfig: {
    '@type': 'type.googleapis.com/envoy.extensions.formatter.req_without_query.v3.ReqWithoutQuery',
  },
};

/** `%REQ_WITHOUT_QUERY%` is the one command that Envoy only knows with a formatter of its own. */
export function formattersFor(values: readonly unknown[]): { readonly formatters?: readonly TypedExtensionConfig[] } {
  const needed = values.some((value) => typeof value === 'string' && value.includes('%REQ_WITHOUT_QUERY'));
  return needed ? { formatters: [requestWithoutQuery] } : {};
}
