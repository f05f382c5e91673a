import type { Question, Topic } from './protocol.ts';
import { Session } from './session.ts';

const session = new Session();

self.addEventListener('message', ({ data }: MessageEvent<{ id: number; topic: Topic; question: Question<Topic> }>) => {
  const { id, topic, question } = data;
  try {
    self.postMessage({ id, answer: session.answer(topic, question) });
  } catch (error) {
    self.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
