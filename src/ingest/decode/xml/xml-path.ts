/** Where the parser stands, compared with a path from the root (`/flux/aide`), names without prefix; `*` stands for any one name. */
export class XmlPath {
  readonly #steps: readonly string[];
  /** Number of elements that are open. */
  depth = 0;
  /** Number of open elements, from the root, that lie on the path. */
  #onPath = 0;
  /** True once the element that holds the records was met. */
  isParentSeen = false;
  /** The path with the names of the document in place of `*`. */
  readonly #names: string[];

  constructor(path: string) {
    this.#steps = path.split("/").slice(1);
    this.#names = [...this.#steps];
    this.isParentSeen = this.#steps.length === 0;
  }

  /** Called for an opening tag; true where the element is a record. */
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

  /** Called for a closing tag. */
  close(): void {
    this.depth--;
    this.#onPath = Math.min(this.#onPath, this.depth);
  }
}
