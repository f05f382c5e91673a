/**
 * Runs one task at a time and, of what is asked meanwhile, only the latest: a fast typist waits for one translation,
 * never for a queue of them.
 */
export function latestOnly<Q>(task: (question: Q) => Promise<void>): (question: Q) => void {
  let running = false;
  let next: { readonly question: Q } | undefined;
  const run = async (question: Q): Promise<void> => {
    running = true;
    try {
      await task(question);
    } finally {
      running = false;
      const following = next;
      next = undefined;
      if (following) void run(following.question);
    }
  };
  return (question) => {
    if (running) next = { question };
    else void run(question);
  };
}
