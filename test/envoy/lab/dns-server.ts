import { createSocket, type Socket } from 'node:dgram';

const typeA = 1;

/** Answers every question for an IPv4 address. Other questions get an empty answer. */
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
  let hash = 0;
  for (const character of name.toLowerCase()) hash = (hash * 31 + character.charCodeAt(0)) % 65_000;
  return `198.18.${hash >> 8}.${hash & 0xff || 1}`;
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
  const found = type === typeA;
  const header = Buffer.from(question.subarray(0, 12));
  header.writeUInt16BE(0x8180, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(found ? 1 : 0, 6);
  header.writeUInt32BE(0, 8);
  const octets = addressOfName(labels.join('.')).split('.').map(Number);
  // The name as a pointer to the question, type A, class IN, one minute, four bytes.
  const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...octets]);
  return Buffer.concat(found ? [header, asked, record] : [header, asked]);
}
