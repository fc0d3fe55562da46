#!/bin/sh
# What stands for the printer's engine: ippeveprinter runs it for each job, with the document as $1 and the job's
# attributes as IPP_* variables. The test tells it by files in its folder what befalls the sheet.
here=$(dirname "$0")
env | grep -E '^(IPP|CONTENT_TYPE)' | sort > "$here/received-$IPP_JOB_ID.txt"
cp "$1" "$here/received-$IPP_JOB_ID.pdf"
if [ -f "$here/hold" ]; then
  # A reason, and which of the test's holds it is: the next one is not for this sheet.
  mine=$(cat "$here/hold")
  reason=${mine%% *}
  echo "STATE: +$reason" >&2
  while [ "$(cat "$here/hold" 2>/dev/null)" = "$mine" ]; do sleep 0.02; done
  echo "STATE: -$reason" >&2
fi
if [ -f "$here/say" ]; then cat "$here/say" >&2; fi
if [ -f "$here/fail" ]; then exit 1; fi
exit 0
