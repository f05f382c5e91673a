/** One file of Kubernetes manifests: any number of YAML or JSON documents. */
export interface Manifest {
  /** Shown in diagnostics; nothing is read from it. */
  readonly file: string;
  readonly text: string;
}
