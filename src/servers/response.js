// A function of CloudFront for the event viewer-response: headers of some addresses, which neither an object nor a
// policy for all addresses can hold. `noroshi init --host s3` wrote this file; change it as you like.
var rules = [
@RULES@
];
function handler(event) {
  for (var rule of rules) {
    if (rule[0].test(event.request.uri)) event.response.headers[rule[1]] = { value: rule[2] };
  }
  return event.response;
}
