import type { Rule } from './rule.ts';
import { allocatedAddressUnused } from './rules/allocated-address-unused.ts';
import { clusterRefusedByEnvoy } from './rules/cluster-refused-by-envoy.ts';
import { connectionPoolThrottles } from './rules/connection-pool-throttles.ts';
import { destinationRuleConflict } from './rules/destination-rule-conflict.ts';
import { destinationRuleUnknownHost } from './rules/destination-rule-unknown-host.ts';
import { doubleTls } from './rules/double-tls.ts';
import { dynamicDnsBehindWaypoint } from './rules/dynamic-dns-behind-waypoint.ts';
import { dynamicDnsCertificateNames } from './rules/dynamic-dns-certificate-names.ts';
import { envoyFilterOperationIgnored } from './rules/envoy-filter-operation-ignored.ts';
import { envoyFilterRelativeOperation } from './rules/envoy-filter-relative-operation.ts';
import { failoverWithoutOutlierDetection } from './rules/failover-without-outlier-detection.ts';
import { fieldDeprecated } from './rules/field-deprecated.ts';
import { gatewayCertificateShared } from './rules/gateway-certificate-shared.ts';
import { gatewayHostMismatch } from './rules/gateway-host-mismatch.ts';
import { gatewayUnknown } from './rules/gateway-unknown.ts';
import { hiddenByExportTo } from './rules/hidden-by-export-to.ts';
import { hiddenBySidecar } from './rules/hidden-by-sidecar.ts';
import { hostDefinedTwice } from './rules/host-defined-twice.ts';
import { httpPolicyOnTcpPort } from './rules/http-policy-on-tcp-port.ts';
import { istioMutualExternal } from './rules/istio-mutual-external.ts';
import { istiodCrash } from './rules/istiod-crash.ts';
import { loadBalancerNoEffect } from './rules/load-balancer-no-effect.ts';
import { localityNoEffect } from './rules/locality-no-effect.ts';
import { missingInRegistryOnly } from './rules/missing-in-registry-only.ts';
import { originationOnPlainPort } from './rules/origination-on-plain-port.ts';
import { plainTextToTlsPort } from './rules/plain-text-to-tls-port.ts';
import { portLevelSettingsUnknownPort } from './rules/port-level-settings-unknown-port.ts';
import { retryConditionNoEffect } from './rules/retry-condition-no-effect.ts';
import { routeWeights } from './rules/route-weights.ts';
import { rulesNoEffect } from './rules/rules-no-effect.ts';
import { shortHostName } from './rules/short-host-name.ts';
import { sniWithoutCertificate } from './rules/sni-without-certificate.ts';
import { subsetEmpty } from './rules/subset-empty.ts';
import { subsetNoEffect } from './rules/subset-no-effect.ts';
import { syntheticHost } from './rules/synthetic-host.ts';
import { tcpWithoutAddress } from './rules/tcp-without-address.ts';
import { telemetryConflict } from './rules/telemetry-conflict.ts';
import { telemetryWithoutProvider } from './rules/telemetry-without-provider.ts';
import { timeoutCutsRetries } from './rules/timeout-cuts-retries.ts';
import { tlsUnverified } from './rules/tls-unverified.ts';
import { unknownDestination } from './rules/unknown-destination.ts';
import { versionDifference } from './rules/version-difference.ts';
import { vipDuplicate } from './rules/vip-duplicate.ts';
import { vipInAllocationRange } from './rules/vip-in-allocation-range.ts';
import { virtualServiceConflict } from './rules/virtual-service-conflict.ts';
import { virtualServiceUnserved } from './rules/virtual-service-unserved.ts';
import { wildcardWithoutLookup } from './rules/wildcard-without-lookup.ts';
import { workloadSelectorIgnored } from './rules/workload-selector-ignored.ts';

/** Every rule, in the order of the pipeline that it watches. */
export const rules: readonly Rule[] = [
  tcpWithoutAddress,
  vipDuplicate,
  vipInAllocationRange,
  allocatedAddressUnused,
  syntheticHost,
  wildcardWithoutLookup,
  loadBalancerNoEffect,
  subsetNoEffect,
  localityNoEffect,
  istiodCrash,
  clusterRefusedByEnvoy,
  dynamicDnsBehindWaypoint,
  workloadSelectorIgnored,
  doubleTls,
  tlsUnverified,
  originationOnPlainPort,
  plainTextToTlsPort,
  sniWithoutCertificate,
  istioMutualExternal,
  dynamicDnsCertificateNames,
  rulesNoEffect,
  unknownDestination,
  routeWeights,
  virtualServiceUnserved,
  virtualServiceConflict,
  shortHostName,
  timeoutCutsRetries,
  retryConditionNoEffect,
  gatewayUnknown,
  gatewayHostMismatch,
  gatewayCertificateShared,
  destinationRuleUnknownHost,
  destinationRuleConflict,
  subsetEmpty,
  portLevelSettingsUnknownPort,
  failoverWithoutOutlierDetection,
  connectionPoolThrottles,
  httpPolicyOnTcpPort,
  hiddenByExportTo,
  hiddenBySidecar,
  missingInRegistryOnly,
  hostDefinedTwice,
  telemetryConflict,
  telemetryWithoutProvider,
  versionDifference,
  fieldDeprecated,
  envoyFilterOperationIgnored,
  envoyFilterRelativeOperation,
];
