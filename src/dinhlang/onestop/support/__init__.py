"""The community digital team (tổ công nghệ số cộng đồng): what its members help people with, and the guides they do it by.

Members are hamlet heads and young people with a phone, at a house or in the hamlet's hall. Nouns: support (lượt hỗ trợ), of
nobody by name; guide (hướng dẫn từng bước) with steps and schematic screens, as data; a step at which people get stuck. A day
is one line of the ledger. Who is helped at the counter is counted by `guidance`, never here.
"""
