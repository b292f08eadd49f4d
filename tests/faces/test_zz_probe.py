import json, time, sys
sys.path.insert(0,"/tmp/q")
from tests.faces.world import *
from tests.faces.matrix import *
from tests.records.stage import undone
def test_probe(world, settings):
    from spec import S
    settings.DEMO=True
    
    out=[]
    def toml(v): 
        return json.dumps(v, ensure_ascii=False)
    def outcomes(line):
        found={}
        for m in MEMBERS:
            with undone():
                if line.act=="hand-in": world.write_drafts(m, world.mine)
                found.setdefault(line.tried(world.browsers[m], world.mine),[]).append(m)
        return found
    for page,(at,asked,acts) in S.items():
        assert set(acts)==set(acts_of(named_pages()[page.partition(' (')[0]])) or page in("accept-invitation","set-password"), (page, set(acts)^set(acts_of(named_pages()[page.partition(' (')[0]])))
        l=Line(page,None,at,asked)
        t=time.monotonic()
        o=outcomes(l)
        out.append(f"[{toml(page) if ' ' in page else page}]")
        if at: out.append("at = {"+", ".join(f"{k} = {toml(v)}" for k,v in at.items())+"}")
        if asked: out.append("asked = "+toml(asked))
        for w,ms in o.items(): out.append(f"{w} = {toml(ms)}")
        print(page, o, file=sys.stderr)
        for act,(aat,sent) in acts.items():
            l=Line(page,act,aat or at,asked,sent)
            o=outcomes(l)
            out.append(f"[{page}.acts.{act or toml('')}]")
            if aat: out.append("at = {"+", ".join(f"{k} = {toml(v)}" for k,v in aat.items())+"}")
            if sent: out.append("sent = {"+", ".join(f"{toml(k) if '.' in k or not k.isascii() else k} = {toml(v)}" for k,v in sent.items())+"}")
            for w,ms in o.items(): out.append(f"{w} = {toml(ms)}")
            print("   ",act, o, file=sys.stderr)
        out.append("")
    open("/tmp/q/access.toml","w").write("\n".join(out))
