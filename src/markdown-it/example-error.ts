/** An example that cannot be shown as its author meant it. Rendering throws it, so that the build of the page fails. */
export class ExampleError extends Error {
  override readonly name = 'ExampleError';
}
