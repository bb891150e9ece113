import type { Plugin } from 'vite'

/**
 * OpenCV as the window may load it. The package compiles functions from text, which the content policy forbids
 * (`unsafe-eval`); Emscripten's own way without that is put in its place. Its 8 MB of WebAssembly, held as text, become
 * a file that is compiled while it arrives.
 */
export const openCvPlugin = (): Plugin => ({
  name: 'loupe-open-cv',
  enforce: 'pre',
  apply: 'build',
  transform(code, id) {
    if (!id.split('?')[0]?.endsWith('@techstark/opencv-js/dist/opencv.js')) return null
    const { script, wasm } = splitOpenCv(code)
    const file = this.emitFile({ type: 'asset', name: 'opencv.wasm', source: wasm })
    return { code: script.replace(WASM_PLACE, () => `import.meta.ROLLUP_FILE_URL_${file}`), map: null }
  },
})

const WASM_PLACE = '"loupe:opencv.wasm"'
const WASM_HEAD = '"data:application/octet-stream;base64,'

/** @throws RangeError when the package is not the one that this was written for */
export function splitOpenCv(code: string): { readonly script: string; readonly wasm: Uint8Array<ArrayBuffer> } {
  const declared = code.indexOf(`var wasmBinaryFile=${WASM_HEAD}`)
  const from = code.indexOf(WASM_HEAD, declared) + WASM_HEAD.length
  const to = code.indexOf('"', from)
  if (declared < 0) throw new RangeError('OpenCV holds its WebAssembly elsewhere')
  const wasm = Uint8Array.from(atob(code.slice(from, to)), (letter) => letter.charCodeAt(0))
  const rest = code.slice(0, from - WASM_HEAD.length) + WASM_PLACE + code.slice(to + 1)
  return { script: asModule(CHANGES.reduce(change, rest)), wasm }
}

type Change = { readonly from: string; readonly until: string; readonly to: string }

function change(code: string, { from, until, to }: Change): string {
  const start = code.indexOf(from)
  const end = code.indexOf(until, start)
  if (start < 0 || end < 0) throw new RangeError(`OpenCV has no ${from}`)
  return code.slice(0, start) + to + code.slice(end)
}

/** What stands from `from` up to `until` is replaced. */
const CHANGES: readonly Change[] = [
  { from: "if (typeof exports === 'object' && typeof module", until: "if (typeof Module === 'undefined')", to: '' },
  {
    from: 'if(!isDataURI(wasmBinaryFile)){wasmBinaryFile=locateFile',
    until: 'function getBinary()',
    to: '',
  },
  {
    from: 'function createNamedFunction(',
    until: 'function extendError(',
    to: `function createNamedFunction(name, body) {
  var named = function () { return body.apply(this, arguments) }
  Object.defineProperty(named, 'name', { value: makeLegalFunctionName(name) })
  return named
}
`,
  },
  {
    from: 'function makeDynCaller(',
    until: 'var fp;if(Module["FUNCTION_TABLE_"',
    to: `function makeDynCaller(dynCall) {
  return function () { return dynCall.apply(null, [rawFunction].concat(Array.prototype.slice.call(arguments))) }
}
`,
  },
  {
    from: 'function craftInvokerFunction(',
    until: 'function heap32VectorToArray(',
    to: `function craftInvokerFunction(humanName, argTypes, classType, invoker, fn) {
  var argCount = argTypes.length
  if (argCount < 2) throwBindingError("argTypes array size mismatch! Must at least get return value and 'this' types!")
  var isMethod = argTypes[1] !== null && classType !== null
  var needsStack = argTypes.slice(1).some(function (type) { return type !== null && type.destructorFunction === undefined })
  var returns = argTypes[0].name !== 'void'
  return function () {
    if (arguments.length !== argCount - 2) {
      throwBindingError('function ' + humanName + ' called with ' + arguments.length + ' arguments, expected ' + (argCount - 2) + ' args!')
    }
    var destructors = needsStack ? [] : null
    var wired = isMethod ? [argTypes[1].toWireType(destructors, this)] : []
    for (var i = 2; i < argCount; ++i) wired.push(argTypes[i].toWireType(destructors, arguments[i - 2]))
    var rv = invoker.apply(null, [fn].concat(wired))
    if (needsStack) runDestructors(destructors)
    else {
      for (var k = isMethod ? 1 : 2; k < argCount; ++k) {
        if (argTypes[k].destructorFunction !== null) argTypes[k].destructorFunction(wired[k - (isMethod ? 1 : 2)])
      }
    }
    return returns ? argTypes[0].fromWireType(rv) : undefined
  }
}
`,
  },
]

/** From a file that finds out where it is loaded to a module that is one. */
function asModule(code: string): string {
  const head = '}(this, function () {'
  const start = code.indexOf(head)
  const end = code.lastIndexOf('}));')
  if (start < 0 || end < 0) throw new RangeError('OpenCV is wrapped in another way')
  return `export default (function () {${code.slice(start + head.length, end)}})()\n`
}
