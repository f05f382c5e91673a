import type { Question, Topic } from './protocol.ts';
import { Session } from './session.ts';

const session = new Session();

type Envelope = MessageEvent<{ readonly id: number; readonly topic: Topic; readonly question: Question<Topic> }>;

self.addEventListener('message', async ({ data }: Envelope) => {
  const { id, topic, question } = data;
  try {
    self.postMessage({ id, answer: await session.answer(topic, question) });
  } catch (error) {
    self.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
