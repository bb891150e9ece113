#!/bin/bash
# A real S3 server for tests: Ceph's RADOS gateway over one monitor and one OSD, all on 127.0.0.1, all in memory.
#   start-s3.sh start DIR PORT ACCESS_KEY SECRET   prints the endpoint once it answers
#   start-s3.sh drop  DIR                          ends what DIR's pid files name
# Uses ports PORT .. PORT+30. Debian packages: radosgw, ceph-mon, ceph-osd.
set -euo pipefail
lib=/usr/lib/$(uname -m)-linux-gnu
pid() { cat "$dir/run/$1.pid" 2>/dev/null || true; }
runs() { kill -0 "$1" 2>/dev/null && ! grep -q '^State:.Z' "/proc/$1/status" 2>/dev/null; }   # a zombie has ended
alive() { local p; p=$(pid "$1"); [ -n "$p" ] && runs "$p" && tr '\0' ' ' <"/proc/$p/cmdline" | grep -qF -- "$dir/ceph.conf"; }
launch() { local n=$1; shift; setsid "$@" -c "$dir/ceph.conf" -f >"$dir/log/$n.out" 2>&1 </dev/null & echo $! >"$dir/run/$n.pid"; }
die() { echo "start-s3: $*; logs in $dir/log" >&2; tail -n 5 "$dir"/log/*.out >&2 || true; stop; exit 1; }
waitfor() { local n=$1 i; shift; for i in $(seq 400); do "$@" >/dev/null 2>&1 && return; alive "$n" || die "$n ended"; sleep 0.05; done; die "$n not ready in time"; }
ceph_cli() { timeout 30 ceph -c "$dir/ceph.conf" "$@"; }
stop() {
  local n p
  for n in rgw osd mon; do
    if alive "$n"; then
      p=$(pid "$n"); kill -9 "$p"
      for _ in $(seq 300); do runs "$p" || break; sleep 0.05; done
    fi
    rm -f "$dir/run/$n.pid"
  done
}
cmd=$1; mkdir -p "$2"; dir=$(cd "$2" && pwd -P)
if [ "$cmd" = drop ]; then stop; exit; fi
[ "$cmd" = start ] || { echo "start or drop?" >&2; exit 2; }
port=$3 access=$4 secret=$5; url=http://127.0.0.1:$port
stop; mkdir -p "$dir"/{mon,osd,rgw,log,run}; chmod 700 "$dir"
cat /proc/sys/kernel/random/uuid >"$dir/fsid"
cat >"$dir/ceph.conf" <<CONF
[global]
fsid = $(cat "$dir/fsid")
mon host = [v2:127.0.0.1:$((port + 1))/0]
mon initial members = a
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind msgr1 = false
ms bind port min = $((port + 2))
ms bind port max = $((port + 30))
keyring = $dir/keyring
auth allow insecure global id reclaim = false
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 1000
mon data avail crit = 1
paxos propose interval = 0.02
paxos min wait = 0.01
admin socket =
log file =
log to stderr = true
err to stderr = true
mon cluster log file = /dev/null
pid file =
crash dir = $dir/log
osd class dir = $lib/rados-classes
erasure code dir = $lib/ceph/erasure-code
plugin dir = $lib/ceph
[mon]
mon data = $dir/mon
[osd]
osd data = $dir/osd
osd objectstore = memstore
memstore device bytes = 1073741824
osd memory target = 939524096
osd numa auto affinity = false
osd fast shutdown = false
osd client watch timeout = 5
[client.rgw]
rgw data = $dir/rgw
rgw frontends = beast endpoint=127.0.0.1:$port
rgw thread pool size = 32
rgw run sync thread = false
rgw enable quota threads = false
rgw dynamic resharding = false
rgw num control oids = 1
rgw gc max objs = 1
rgw enable lc threads = false
rgw rados pool pg num min = 1
rgw override bucket index max shards = 1
CONF
k="ceph-authtool $dir/keyring --gen-key"
$k --create-keyring -n mon. --cap mon 'allow *' >/dev/null
$k -n client.admin --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *' >/dev/null
$k -n osd.0 --cap mon 'allow profile osd' --cap osd 'allow *' >/dev/null
$k -n client.rgw --cap mon 'allow rw' --cap osd 'allow rwx' >/dev/null
monmaptool --create --clobber --fsid "$(cat "$dir/fsid")" --addv a "[v2:127.0.0.1:$((port + 1))]" "$dir/monmap" >/dev/null
ceph-mon -c "$dir/ceph.conf" -i a --mkfs --monmap "$dir/monmap" --keyring "$dir/keyring" >"$dir/log/mkfs.out" 2>&1
launch mon ceph-mon -i a
waitfor mon ceph_cli osd stat
u=$(cat /proc/sys/kernel/random/uuid)
ceph_cli osd new "$u" 0 >/dev/null
ceph-osd -c "$dir/ceph.conf" -i 0 --mkfs --osd-uuid "$u" >>"$dir/log/mkfs.out" 2>&1
launch osd ceph-osd -i 0
up() { ceph_cli osd stat | grep -q ' 1 up'; }
waitfor osd up
timeout 60 radosgw-admin -c "$dir/ceph.conf" -n client.rgw user create --uid=test --display-name=test \
  --access-key="$access" --secret="$secret" >>"$dir/log/admin.out" 2>&1 || die "no user made"
launch rgw radosgw -n client.rgw
answers() { (exec 3<>"/dev/tcp/127.0.0.1/$port"); }
waitfor rgw answers
echo "$url"
