/** Compares the open elements with a path from the root (`/flux/aide`). Names are without prefix; `*` matches any one name. */
export class XmlPath {
  readonly #steps: readonly string[];
  /** Number of open elements. */
  depth = 0;
  /** Number of open elements, from the root, that match the path. */
  #onPath = 0;
  /** True once the parent element of the records was found. */
  isParentSeen = false;
  /** The path with the document's names instead of `*`. */
  readonly #names: string[];

  constructor(path: string) {
    this.#steps = path.split("/").slice(1);
    this.#names = [...this.#steps];
    this.isParentSeen = this.#steps.length === 0;
  }

  /** Opens an element; returns whether it is a record. */
  open(name: string): boolean {
    const step = this.#steps[this.depth];
    const isOn = this.#onPath === this.depth && (step === name || step === "*");
    if (isOn) this.#names[this.depth] = name;
    this.depth++;
    if (isOn) this.#onPath = this.depth;
    if (isOn && this.#onPath >= this.#steps.length - 1) this.isParentSeen = true;
    return isOn && this.#onPath === this.#steps.length;
  }

  /** The path as the document writes it, for locators. */
  get written(): string {
    return `/${this.#names.join("/")}`;
  }

  close(): void {
    this.depth--;
    this.#onPath = Math.min(this.#onPath, this.depth);
  }
}
