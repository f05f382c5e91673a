import { createSocket, type Socket } from 'node:dgram';

const typeA = 1;
const typeAaaa = 28;

/** Answers every question for an address. Other questions get an empty answer. */
export async function startDnsServer(port = 53): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.on('message', (question, sender) => socket.send(answer(question), sender.port, sender.address));
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, '0.0.0.0', resolve);
  });
  return socket;
}

/** The address that stands for a name: always the same, in 198.18.0.0/15, which is set aside for tests. */
export function addressOfName(name: string): string {
  return octetsOf(name).join('.');
}

function octetsOf(name: string): readonly number[] {
  let hash = 0;
  for (const character of name.toLowerCase()) hash = (hash * 31 + character.charCodeAt(0)) % 65_000;
  return [198, 18, hash >> 8, hash & 0xff || 1];
}

function answer(question: Buffer): Buffer {
  const labels: string[] = [];
  let at = 12;
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    labels.push(question.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  const type = question.readUInt16BE(at + 1);
  const asked = question.subarray(12, at + 5);
  const name = octetsOf(labels.join('.'));
  // For IPv6 the same behind a prefix for documentation.
  const address =
    type === typeA ? name : type === typeAaaa ? [0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, ...name] : undefined;
  const header = Buffer.from(question.subarray(0, 12));
  header.writeUInt16BE(0x8180, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(address ? 1 : 0, 6);
  header.writeUInt32BE(0, 8);
  if (!address) return Buffer.concat([header, asked]);
  // The name as a pointer to the question, its type, class IN, one minute, the address.
  const record = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, address.length, ...address]);
  return Buffer.concat([header, asked, record]);
}
