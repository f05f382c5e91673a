import { isHttp } from '../../model/protocol.ts';
import { type GatewayServer, isHttpServer, isTlsServer } from './gateway-server.ts';
import type { GatewayPort, MergedGateway } from './merged-gateway.ts';

/** Why a server cannot join those that came before it. */
export interface ServerConflict {
  readonly owner: GatewayServer;
  readonly reason: string;
}

type Servers = [GatewayServer, ...GatewayServer[]];

/**
 * The ports of a gateway while its servers are added: who may share a port, and who comes too late. Plain HTTP servers
 * share, servers of TLS share by their hosts, and servers with addresses of their own do not meet.
 * Source: istio `pilot/pkg/model/gateway.go`, mergeGateways.
 */
export class PortRegistry {
  readonly #servers = new Map<string, Servers>();
  readonly #byRouteName = new Map<string, Servers>();
  readonly #taken = new Set<number>();
  /** The latest plain-text server of a port. */
  readonly #plainText = new Map<number, GatewayServer>();
  readonly #hostOwners = new Map<string, GatewayServer>();
  #passesMeshTraffic = false;

  /** Absent where the server was added. */
  add(server: GatewayServer): ServerConflict | undefined {
    const conflict = server.tls && this.#claimHosts(server);
    if (conflict) return conflict;
    // Even a server that finds its port taken below makes the gateway get the clusters of this mode.
    if (server.tls?.mode === 'AUTO_PASSTHROUGH') this.#passesMeshTraffic = true;
    const plainText = this.#plainText.get(server.targetPort);
    if (!this.#taken.has(server.targetPort)) {
      this.#taken.add(server.targetPort);
      this.#open(server);
    } else if (plainText) {
      return this.#joinPlainText(server, plainText);
    } else if (isTlsServer(server)) {
      return this.#joinTls(server);
    } else {
      this.#open(server);
    }
    return undefined;
  }

  list(): Omit<MergedGateway, 'virtualServicesFor'> {
    const ports = [...this.#servers.values()].map(
      (servers): GatewayPort => ({ number: servers[0].targetPort, bind: servers[0].bind, servers }),
    );
    return { ports, serversByRouteName: this.#byRouteName, passesMeshTraffic: this.#passesMeshTraffic };
  }

  /** Envoy refuses a listener in which two chains match the same server name. Only the latest address counts. */
  #claimHosts(server: GatewayServer): ServerConflict | undefined {
    const { hosts, bind, targetPort } = server;
    const keyOf = (host: string): string => `${targetPort} ${host}`;
    for (const host of hosts) {
      const owner = this.#hostOwners.get(keyOf(host));
      if (owner?.bind === bind) {
        return { owner, reason: `"${host}" on port ${targetPort} already belongs to another server with TLS settings` };
      }
    }
    for (const host of hosts) this.#hostOwners.set(keyOf(host), server);
    return undefined;
  }

  #open(server: GatewayServer): void {
    if (!isTlsServer(server)) this.#plainText.set(server.targetPort, server);
    if (isHttpServer(server)) this.#byRouteName.set(server.routeName, [server]);
    this.#servers.set(portKey(server), [server]);
  }

  #joinPlainText(server: GatewayServer, plainText: GatewayServer): ServerConflict | undefined {
    if (server.bind !== plainText.bind) {
      const sharing = this.#servers.get(portKey(server));
      if (!sharing) {
        this.#open(server);
        return undefined;
      }
      sharing.push(server);
    } else {
      const merges = isHttp(server.port.protocol) && isHttp(plainText.port.protocol);
      if (!merges) return { owner: plainText, reason: describeConflict(server, plainText) };
      this.#servers.get(portKey(plainText))?.push(server);
    }
    append(this.#byRouteName, server.routeName, server);
    return undefined;
  }

  #joinTls(server: GatewayServer): ServerConflict | undefined {
    if (isHttpServer(server)) {
      const owner = this.#byRouteName.get(server.routeName)?.[0];
      if (owner) return { owner, reason: `port name "${server.port.name}" is already used for HTTPS` };
      this.#byRouteName.set(server.routeName, [server]);
    }
    append(this.#servers, portKey(server), server);
    return undefined;
  }
}

function portKey({ targetPort, protocolText, bind }: GatewayServer): string {
  return `${targetPort} ${protocolText} ${bind}`;
}

function describeConflict(server: GatewayServer, owner: GatewayServer): string {
  return `port ${server.targetPort} is already one of ${owner.protocolText}, which does not go together with ${server.protocolText}`;
}

function append(lists: Map<string, Servers>, key: string, server: GatewayServer): void {
  const list = lists.get(key);
  if (list) list.push(server);
  else lists.set(key, [server]);
}
