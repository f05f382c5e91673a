const problems: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EISDIR: 'is a folder; name a file',
  ENOTDIR: 'a part of the path is no folder',
  EACCES: 'permission denied',
  EROFS: 'the file system is read-only',
};

/** Why a file could not be read or written, in words. */
export function fileProblem(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return problems[code] ?? message;
}
