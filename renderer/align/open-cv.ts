/** A matrix in the module's own memory: whoever makes one deletes it. */
export type Mat = {
  readonly rows: number
  readonly cols: number
  readonly data: Uint8Array
  readonly data32F: Float32Array
  readonly data64F: Float64Array
  readonly data32S: Int32Array
  delete(): void
}
type Vector<T> = { size(): number; get(at: number): T; delete(): void }
type MatVector = Vector<Mat> & { push_back(mat: Mat): void }
export type KeyPoint = {
  readonly pt: { readonly x: number; readonly y: number }
  readonly size: number
  readonly angle: number
  readonly response: number
}
type Size = { readonly width: number; readonly height: number }
type Deletable = { delete(): void }

/** What is used of OpenCV: the package's own types leave out AKAZE and describe many arguments wrongly. */
export type OpenCv = {
  readonly Mat: {
    new (): Mat
    new (rows: number, cols: number, type: number): Mat
    ones(rows: number, cols: number, type: number): Mat
    zeros(rows: number, cols: number, type: number): Mat
  }
  readonly MatVector: new () => MatVector
  readonly KeyPointVector: new () => Vector<KeyPoint>
  readonly Size: new (width: number, height: number) => Size
  readonly Point: new (x: number, y: number) => unknown
  readonly Scalar: new (a: number, b?: number, c?: number, d?: number) => unknown
  readonly TermCriteria: new (type: number, count: number, epsilon: number) => unknown
  readonly CLAHE: new (clip: number, tiles: Size) => Deletable & { apply(from: Mat, to: Mat): void }
  readonly AKAZE: new () => Deletable & {
    setThreshold(value: number): void
    detectAndCompute(image: Mat, mask: Mat, points: Vector<KeyPoint>, descriptors: Mat): void
  }
  readonly CV_8UC1: number
  readonly CV_8UC4: number
  readonly CV_32FC1: number
  readonly CV_32FC2: number
  readonly CV_64FC1: number
  readonly COLOR_RGBA2RGB: number
  readonly COLOR_RGB2Lab: number
  readonly THRESH_BINARY: number
  readonly THRESH_BINARY_INV: number
  readonly MORPH_OPEN: number
  readonly MORPH_CLOSE: number
  readonly MORPH_DILATE: number
  readonly MORPH_ELLIPSE: number
  readonly INTER_NEAREST: number
  readonly INTER_LINEAR: number
  readonly INTER_AREA: number
  readonly WARP_INVERSE_MAP: number
  readonly BORDER_CONSTANT: number
  readonly FLIP_HORIZONTAL?: number
  readonly RHO: number
  readonly USAC_MAGSAC: number
  cvtColor(from: Mat, to: Mat, code: number): void
  split(from: Mat, to: MatVector): void
  GaussianBlur(from: Mat, to: Mat, size: Size, sigma: number): void
  threshold(from: Mat, to: Mat, value: number, max: number, type: number): number
  bitwise_and(a: Mat, b: Mat, to: Mat): void
  morphologyEx(from: Mat, to: Mat, operation: number, kernel: Mat): void
  getStructuringElement(shape: number, size: Size): Mat
  connectedComponentsWithStats(from: Mat, labels: Mat, stats: Mat, centres: Mat): number
  resize(from: Mat, to: Mat, size: Size, fx: number, fy: number, how: number): void
  flip(from: Mat, to: Mat, code: number): void
  findHomography(from: Mat, to: Mat, method: number, reach: number, mask: Mat, tries: number, sure: number): Mat
  warpPerspective(from: Mat, to: Mat, matrix: Mat, size: Size, flags: number, border: number, fill: unknown): void
  calcOpticalFlowPyrLK(
    from: Mat,
    to: Mat,
    points: Mat,
    found: Mat,
    status: Mat,
    errors: Mat,
    window: Size,
    levels: number,
    stop: unknown,
    flags: number,
    leastEigenvalue: number,
  ): void
}

/**
 * OpenCV once it runs. The module is a thenable that resolves to itself, so a promise of it would never settle: it is
 * handed over inside an object.
 */
export async function whenReady(loaded: object): Promise<{ readonly cv: OpenCv }> {
  // Its own types are of no use here (see above), and say nothing of being ready.
  const cv = loaded as OpenCv & { onRuntimeInitialized?: () => void }
  if (!('Mat' in cv)) {
    await new Promise<void>((resolve) => {
      Object.assign(cv, { onRuntimeInitialized: resolve })
    })
  }
  return { cv }
}

/** Runs `work` and frees whatever it kept: nothing of OpenCV's is seen by the garbage collector. */
export function withMats<T>(work: (keep: <M extends Deletable>(mat: M) => M) => T): T {
  const kept: Deletable[] = []
  try {
    return work((mat) => {
      kept.push(mat)
      return mat
    })
  } finally {
    for (const mat of kept) mat.delete()
  }
}
