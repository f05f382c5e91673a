import { createPrivateKey } from 'node:crypto';
import http from 'node:http';
import http2 from 'node:http2';
import net from 'node:net';
import tls from 'node:tls';
import { type Authority, type IssuedCertificate, issueCertificate } from '../../../src/envoy/issue-certificate.ts';
import type { UpstreamScript, UpstreamSight } from './protocol.ts';

/** The common name of whoever signs in a lab. */
export const authorityName = 'lab authority';

const http2Preface = 'PRI * HTTP/2';

/** Plays every upstream on every address: answers HTTP/1 and HTTP/2, inside TLS or not, and echoes everything else. */
export class Upstreams {
  readonly #ports = new Map<number, net.Server>();
  readonly #http1 = http.createServer((request, response) => this.#respond(request, response));
  readonly #http2 = http2.createServer((request, response) => this.#respond(request, response));
  readonly #authority: Authority;
  readonly #contexts = new Map<string, tls.SecureContext>();
  #sights: UpstreamSight[] = [];
  #script: Map<string, number[]> = new Map();

  constructor({ certificate, privateKey }: IssuedCertificate) {
    this.#authority = { commonName: authorityName, certificate, privateKey, key: createPrivateKey(privateKey) };
    for (const server of [this.#http1, this.#http2])
      server.on('clientError', (_, socket: net.Socket) => socket.destroy());
    this.#http2.on('sessionError', () => undefined);
  }

  /** Listens on these ports too, where nobody does yet. */
  async open(ports: Iterable<number>): Promise<void> {
    await Promise.all([...ports].filter((port) => !this.#ports.has(port)).map((port) => this.#listen(port)));
  }

  follow(script: UpstreamScript): void {
    this.#script = new Map(Object.entries(script).map(([path, statuses]) => [path, [...statuses]]));
  }

  /** What was seen since the last call. */
  takeSights(): readonly UpstreamSight[] {
    const sights = this.#sights;
    this.#sights = [];
    return sights;
  }

  async #listen(port: number): Promise<void> {
    const server = net.createServer((socket) => this.#recognize(socket, addressOf(socket, port)));
    this.#ports.set(port, server);
    // Both families at once; IPv4 alone on a machine without IPv6. A port that Envoy listens on itself stays Envoy's.
    if (!(await listens(server, port, '::'))) await listens(server, port, '0.0.0.0');
  }

  /** Looks at the first bytes and hands the connection to whoever speaks that protocol. */
  #recognize(socket: net.Socket, seen: UpstreamSight): void {
    socket.on('error', () => socket.destroy());
    socket.once('data', (first: Buffer) => {
      socket.pause();
      if (first[0] === 0x16 && seen.tls === undefined) return this.#endTls(socket, first, seen);
      const text = first.toString('latin1');
      const isHttp2 = text.startsWith(http2Preface);
      if (isHttp2 || /^[A-Z-]+ \S+ HTTP\/1\.[01]\r\n/.test(text)) {
        Object.assign(socket, { seen });
        socket.unshift(first);
        (isHttp2 ? this.#http2 : this.#http1).emit('connection', socket);
        if (!isHttp2) socket.resume();
        return;
      }
      this.#sights.push({ ...seen, bytes: first.toString('hex') });
      socket.write(first);
      socket.pipe(socket);
    });
  }

  #endTls(socket: net.Socket, first: Buffer, seen: UpstreamSight): void {
    socket.unshift(first);
    const secure = new tls.TLSSocket(socket, {
      isServer: true,
      secureContext: this.#contextFor('upstream'),
      SNICallback: (name, done) => done(null, this.#contextFor(name)),
      requestCert: true,
      rejectUnauthorized: false,
      ALPNCallback: ({ protocols }) => protocols.find((name) => name === 'h2' || name === 'http/1.1') ?? protocols[0],
    });
    secure.on('error', () => socket.destroy());
    secure.once('secure', () => {
      const sni = (secure as tls.TLSSocket & { readonly servername?: string | false }).servername;
      const certificate = secure.getPeerCertificate();
      this.#recognize(secure, {
        ...seen,
        tls: {
          ...(sni && { sni }),
          ...(secure.alpnProtocol && { alpn: secure.alpnProtocol }),
          ...(certificate?.subject?.CN && { clientCertificate: String(certificate.subject.CN) }),
        },
      });
    });
  }

  /** Every upstream shows a certificate for the name it was asked for. */
  #contextFor(name: string): tls.SecureContext {
    const known = this.#contexts.get(name);
    if (known) return known;
    const { certificate, privateKey } = issueCertificate({
      commonName: 'upstream',
      names: [name],
      issuer: this.#authority,
    });
    const context = tls.createSecureContext({ cert: certificate, key: privateKey });
    this.#contexts.set(name, context);
    return context;
  }

  #respond(
    request: http.IncomingMessage | http2.Http2ServerRequest,
    response: http.ServerResponse | http2.Http2ServerResponse,
  ): void {
    const seen = seenBehind(request);
    const [path = ''] = (request.url ?? '').split('?');
    this.#sights.push({
      ...seen,
      http: {
        version: request.httpVersion,
        method: request.method ?? '',
        path: request.url ?? '',
        headers: { ...request.headers },
      },
    });
    const status = this.#script.get(path)?.shift() ?? 200;
    request.resume();
    response.statusCode = status;
    response.setHeader('x-upstream', `${seen.address}:${seen.port}`);
    response.end('upstream\n');
  }
}

function seenBehind(request: http.IncomingMessage | http2.Http2ServerRequest): UpstreamSight {
  // A session of HTTP/2 shows its socket through a proxy object; what was noted on the socket shines through.
  const socket = request.socket as net.Socket & { readonly seen?: UpstreamSight };
  return socket.seen ?? { address: socket.localAddress ?? '', port: socket.localPort ?? 0 };
}

function addressOf(socket: net.Socket, port: number): UpstreamSight {
  return { address: (socket.localAddress ?? '').replace(/^::ffff:/, ''), port };
}

function listens(server: net.Server, port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ port, host, backlog: 512 }, () => resolve(true));
  });
}
