import http2 from 'node:http2';
import net from 'node:net';
import tls from 'node:tls';
import { type Connection, readRequest } from '../../../src/explain/request.ts';
import type { Request } from '../../../src/model/scenario.ts';

export interface ClientResult {
  readonly status?: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
  /** The client's own address, which the access logs repeat. */
  readonly peer: string;
  readonly durationMs: number;
}

/** Neither HTTP nor TLS, and nothing that a server would wait for the rest of. */
const someBytes = Buffer.from([0x00, 0x01, 0x02, 0x03, 0x0a, 0x0d, 0x0a, 0x00]);

/** How long a client waits for somebody to answer before it hangs up. */
const patienceMs = { http: 5_000, tcp: 400 };

/** Opens one connection to a listener of the lab, as if it had been intercepted on its way to the request's address. */
export async function openConnection(request: Request, port: number): Promise<ClientResult> {
  const connection = readRequest(request);
  const socket = net.connect({ host: '127.0.0.1', port });
  socket.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    socket.once('connect', resolve);
    socket.once('close', () => resolve());
  });
  const peer = `127.0.0.1:${socket.localPort}`;
  const started = performance.now();
  socket.write(proxyHeader(connection, socket.localPort ?? 0));
  const answer = await speak(socket, connection);
  socket.destroy();
  return { ...answer, peer, durationMs: performance.now() - started };
}

/** https://www.haproxy.org/download/1.8/doc/proxy-protocol.txt, version 1. */
function proxyHeader({ address, port }: Connection, sourcePort: number): string {
  return net.isIPv6(address)
    ? `PROXY TCP6 2001:db8:ffff::1 ${address} ${sourcePort} ${port}\r\n`
    : `PROXY TCP4 10.99.0.1 ${address} ${sourcePort} ${port}\r\n`;
}

type Answer = Omit<ClientResult, 'peer' | 'durationMs'>;
const silence: Answer = { headers: {}, body: '' };

function speak(socket: net.Socket, connection: Connection): Promise<Answer> {
  if (connection.tls) return speakTls(socket, connection);
  if (connection.protocol === 'tcp') return firstAnswer(socket, someBytes);
  return connection.protocol === 'http2' ? speakHttp2(socket, connection) : speakHttp1(socket, connection);
}

/** A handshake without ALPN, as far as it gets, and what the request asks for inside. */
async function speakTls(socket: net.Socket, connection: Connection): Promise<Answer> {
  const secure = tls.connect({
    socket,
    rejectUnauthorized: false,
    ...(connection.sni !== undefined && { servername: connection.sni }),
    ...(connection.alpn.length > 0 && { ALPNProtocols: [...connection.alpn] }),
  });
  secure.on('error', () => undefined);
  const secured = await new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), patienceMs.tcp);
    const settle = (result: boolean): void => {
      clearTimeout(timer);
      resolve(result);
    };
    secure.once('secureConnect', () => settle(true));
    secure.once('error', () => settle(false));
    socket.once('close', () => settle(false));
  });
  if (!secured) return silence;
  if (connection.protocol === 'tcp') return firstAnswer(secure, someBytes);
  return connection.protocol === 'http2' ? speakHttp2(secure, connection) : speakHttp1(secure, connection);
}

function firstAnswer(socket: net.Socket, bytes: Buffer): Promise<Answer> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(silence), patienceMs.tcp);
    const settle = (body: string): void => {
      clearTimeout(timer);
      resolve({ headers: {}, body });
    };
    socket.once('data', (data) => settle(data.toString('latin1')));
    socket.once('close', () => settle(''));
    socket.write(bytes);
  });
}

/** Written by hand, so that the authority, the path and headers arrive as they are. */
function speakHttp1(socket: net.Socket, { method, path, host, headers }: Connection): Promise<Answer> {
  const lines = Object.entries(headers)
    .filter(([name]) => name !== 'host' && !name.startsWith(':'))
    .map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n${lines.join('')}\r\n`);
  return new Promise((resolve) => {
    let text = '';
    const settle = (): void => {
      clearTimeout(timer);
      resolve(readHttp1(text, method) ?? silence);
    };
    const timer = setTimeout(settle, patienceMs.http);
    socket.on('data', (data) => {
      text += data.toString('latin1');
      if (readHttp1(text, method)) settle();
    });
    socket.once('close', settle);
  });
}

/** A complete response, or nothing yet. */
function readHttp1(text: string, method: string): Answer | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers: Record<string, string | string[]> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    const known = headers[name];
    headers[name] = known === undefined ? value : [...(Array.isArray(known) ? known : [known]), value];
  }
  const raw = text.slice(end + 4);
  const body = headers['transfer-encoding'] === 'chunked' ? readChunks(raw) : raw;
  const length = Number(headers['content-length'] ?? 0);
  const complete = method === 'HEAD' || (body !== undefined && body.length >= length);
  return complete ? { status: Number(first.split(' ')[1]), headers, body: body ?? '' } : undefined;
}

function readChunks(raw: string): string | undefined {
  let body = '';
  for (let at = 0; ; ) {
    const end = raw.indexOf('\r\n', at);
    if (end < 0) return undefined;
    const size = Number.parseInt(raw.slice(at, end), 16);
    if (size === 0) return body;
    body += raw.slice(end + 2, end + 2 + size);
    at = end + 4 + size;
  }
}

function speakHttp2(socket: net.Socket, { method, path, host, headers }: Connection): Promise<Answer> {
  const session = http2.connect('http://lab', { createConnection: () => socket });
  return new Promise((resolve) => {
    const answer: { status?: number; headers: Record<string, string | string[]>; body: string } = {
      headers: {},
      body: '',
    };
    const settle = (): void => {
      clearTimeout(timer);
      session.destroy();
      resolve(answer);
    };
    const timer = setTimeout(settle, patienceMs.http);
    session.on('error', settle);
    session.on('close', settle);
    const plain = Object.entries(headers).filter(([name]) => name !== 'host' && !name.startsWith(':'));
    const stream = session.request({
      ...Object.fromEntries(plain),
      ':method': method,
      ':path': path,
      ':authority': host,
      ':scheme': 'http',
    });
    stream.on('response', ({ ':status': status, ...rest }) => {
      if (status !== undefined) answer.status = status;
      answer.headers = rest as Record<string, string | string[]>;
    });
    stream.on('data', (data) => {
      answer.body += data;
    });
    stream.on('error', settle);
    stream.on('end', settle);
    stream.end();
  });
}
