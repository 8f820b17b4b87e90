# 2026-01-01 by RouterOS 7.11
/ip dhcp-server lease
add address=192.0.2.1 client-id=1:ac:cc:8e:0:0:1 comment="Camera hal" \
    mac-address=AC:CC:8E:00:00:01 server=dhcp1
add address=192.0.2.2 mac-address=AC:CC:8E:00:00:02 server=dhcp1
