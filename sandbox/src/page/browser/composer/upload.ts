import type { FileUpload } from '../../../person-api.ts'

/** Bytes: what Discord takes without a boost, and the sandbox too. */
const largestFile = 10 * 1024 * 1024

/** @throws Error with a text for people where the file is too large */
export async function readUpload(file: File): Promise<FileUpload> {
  if (file.size > largestFile) throw new Error(`${file.name} is larger than 10 MB.`)
  const base64 = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/u, ''))
    reader.onerror = () => reject(new Error(`${file.name} cannot be read.`))
    reader.readAsDataURL(file)
  })
  return { name: file.name, base64, ...(file.type === '' ? {} : { contentType: file.type }) }
}
