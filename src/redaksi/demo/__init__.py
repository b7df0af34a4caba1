"""The demo network: a group, three sites, their staff and six weeks of stories, made from readable files in this folder."""
