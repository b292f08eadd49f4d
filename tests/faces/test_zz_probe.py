from tests.faces.world import *
def test_probe(world, settings):
    settings.DEMO=True
    print(world.mine)
    for n,p in named_pages().items():
        print(n, p.pattern, sorted(acts_of(p)), list(p.pattern.converters))
