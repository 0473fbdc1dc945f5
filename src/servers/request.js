// A function of CloudFront for the event viewer-request: S3 knows no folders. `noroshi init --host s3` wrote this
// file; change it as you like.
function handler(event) {
  var request = event.request;
  var name = request.uri.slice(request.uri.lastIndexOf("/") + 1);
  if (name === "") {
    request.uri += "index.html";
  } else if (!name.includes(".") && name !== ".well-known") {
    // An address of a folder without its slash.
    return { statusCode: 301, statusDescription: "Moved Permanently", headers: { location: { value: request.uri + "/" } } };
  }
  return request;
}
