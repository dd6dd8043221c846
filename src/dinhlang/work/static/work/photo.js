/* A photo is made smaller before it is sent: a phone's 5 MB become half a megabyte, and a slow line a short wait.
   The server does the same again for whoever has no script, and takes out what the photo says of its place. */

const LONGEST_SIDE = 2000;
const QUALITY = 0.8;
const SMALL_ENOUGH = 300 * 1024;

export async function smaller(file) {
  if (!/^image\/(jpeg|png|webp|heic|heif|avif)$/.test(file.type) || file.size <= SMALL_ENOUGH) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const packed = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    if (!packed || packed.size >= file.size) return file;
    return new File([packed], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
  } catch {
    return file; // a kind of picture this browser cannot open; the server may
  }
}

export async function drawSmall(file, canvas) {
  canvas.width = canvas.height = 112;
  try {
    const picture = await createImageBitmap(file, { resizeHeight: 112 });
    const side = Math.min(picture.width, picture.height);
    const left = (picture.width - side) / 2;
    canvas.getContext("2d").drawImage(picture, left, 0, side, side, 0, 0, 112, 112);
    picture.close();
    return true;
  } catch {
    return false;
  }
}
